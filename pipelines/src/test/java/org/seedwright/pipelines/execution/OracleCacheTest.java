package org.seedwright.pipelines.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.execution.Outcomes.ENVIRONMENT;
import static org.seedwright.pipelines.execution.Outcomes.key;
import static org.seedwright.pipelines.execution.Outcomes.passed;
import static org.seedwright.pipelines.execution.Outcomes.wrong;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.oracle.OracleReport;
import org.seedwright.pipelines.store.StoreException;

class OracleCacheTest {
  private static final OracleKey KEY =
      new OracleKey("humaneval-plus", "v0.1.10", key("tasks"), ENVIRONMENT);

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("executions.sqlite");
  }

  @Test
  void aReportComesBackInTheNextProcessWithoutWhatWasMeasured() {
    Outcome broken = wrong(3, "AssertionError: \ud800");
    var report =
        new OracleReport(
            KEY.benchmark(), List.of("T/2", "T/10"), Map.of("T/3", broken), List.of("T/4"));
    try (var store = ExecutionStore.open(file)) {
      assertThat(store.find(KEY)).isEmpty();
      store.store(KEY, report);
    }
    try (var store = ExecutionStore.open(file)) {
      OracleReport found = store.find(KEY).orElseThrow();
      assertThat(found.benchmark()).isEqualTo("humaneval-plus");
      assertThat(found.passed()).containsExactly("T/2", "T/10");
      assertThat(found.withoutReference()).containsExactly("T/4");
      assertThat(found.broken())
          .containsExactly(
              Map.entry(
                  "T/3",
                  new Outcome(
                      broken.verdict(),
                      broken.groups(),
                      broken.reason(),
                      new Outcome.Measurement(0, 0, -1))));
    }
  }

  @Test
  void anotherBenchmarkVersionFileOrEnvironmentIsAnotherReport() {
    try (var store = ExecutionStore.open(file)) {
      store.store(KEY, report("T/1"));
      for (OracleKey other :
          List.of(
              new OracleKey("humaneval", KEY.version(), KEY.tasks(), ENVIRONMENT),
              new OracleKey(KEY.benchmark(), "v0.1.9", KEY.tasks(), ENVIRONMENT),
              new OracleKey(KEY.benchmark(), KEY.version(), key("other tasks"), ENVIRONMENT),
              new OracleKey(KEY.benchmark(), KEY.version(), KEY.tasks(), key("other")))) {
        assertThat(store.find(other)).isEmpty();
      }
      assertThat(store.find(KEY)).contains(report("T/1"));
    }
  }

  @Test
  void theFirstReportStands() {
    try (var store = ExecutionStore.open(file)) {
      store.store(KEY, report("T/1"));
      store.store(KEY, report("T/2"));
      assertThat(store.find(KEY)).contains(report("T/1"));
    }
  }

  @Test
  void anOracleReportIsNoOutcomeOfAnExecution() {
    try (var store = ExecutionStore.open(file)) {
      store.store(KEY, report("T/1"));
      store.store(key("a"), ENVIRONMENT, passed(1));
      assertThat(store.find(key("a"), ENVIRONMENT)).contains(passed(1));
      assertThat(store.find(KEY.tasks(), ENVIRONMENT)).isEmpty();
    }
  }

  @Test
  void aFlippedByteInAReportIsNoticedAndNamed() throws Exception {
    try (var store = ExecutionStore.open(file)) {
      store.store(KEY, report("Precious/1"));
    }
    FlippedByte.after(file, "Precious/");
    try (var store = ExecutionStore.open(file)) {
      assertThatThrownBy(() -> store.find(KEY))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("the oracle report of humaneval-plus v0.1.10")
          .hasMessageContaining("does not match its digest");
    }
  }

  private static OracleReport report(String passed) {
    return new OracleReport(KEY.benchmark(), List.of(passed), Map.of(), List.of());
  }
}
