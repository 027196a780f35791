package org.seedwright.pipelines.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.execution.Outcomes.ENVIRONMENT;
import static org.seedwright.pipelines.execution.Outcomes.key;
import static org.seedwright.pipelines.execution.Outcomes.passed;
import static org.seedwright.pipelines.execution.Outcomes.wrong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Verdict;
import org.seedwright.pipelines.store.StoreException;

class ExecutionStoreTest {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("executions/executions.sqlite");
  }

  @Test
  void anOutcomeComesBackWholeFromThisAndTheNextProcess() {
    // Half a surrogate pair, NUL and quotes: a reason quotes the program.
    Outcome outcome = wrong(700, "AssertionError: '\ud800 \u0000 \"é\" \ud83d\ude00'");
    try (var store = open()) {
      assertThat(store.find(key("a"), ENVIRONMENT)).isEmpty();
      assertThat(store.store(key("a"), ENVIRONMENT, outcome)).isEqualTo(outcome);
      assertThat(store.find(key("a"), ENVIRONMENT)).contains(outcome);
    }
    try (var store = open()) {
      assertThat(store.find(key("a"), ENVIRONMENT)).contains(outcome);
    }
  }

  @Test
  void everyVerdictOfAProgramComesBack() {
    try (var store = open()) {
      for (Verdict verdict : Verdict.values()) {
        if (verdict.isOfTheProgram()) {
          var outcome = new Outcome(verdict, List.of(), verdict.id(), passed(1).measurement());
          store.store(key(verdict.id()), ENVIRONMENT, outcome);
          assertThat(store.find(key(verdict.id()), ENVIRONMENT)).contains(outcome);
        }
      }
    }
  }

  @Test
  void anotherEnvironmentKnowsNothingOfIt() {
    try (var store = open()) {
      store.store(key("a"), ENVIRONMENT, passed(1));
      assertThat(store.find(key("a"), key("other"))).isEmpty();
      store.store(key("a"), key("other"), wrong(3, "numpy is not there"));
      assertThat(store.find(key("a"), ENVIRONMENT)).contains(passed(1));
      assertThat(store.find(key("a"), key("other"))).contains(wrong(3, "numpy is not there"));
    }
  }

  @Test
  void theFirstOutcomeStandsWithItsMeasurement() {
    try (var store = open()) {
      store.store(key("a"), ENVIRONMENT, passed(7));
      assertThat(store.store(key("a"), ENVIRONMENT, passed(9))).isEqualTo(passed(7));
      assertThat(store.store(key("a"), ENVIRONMENT, wrong(1, "other"))).isEqualTo(passed(7));
      assertThat(store.find(key("a"), ENVIRONMENT)).contains(passed(7));
    }
  }

  @Test
  void aLoadThatIsNoNumberIsUnknown() {
    var outcome =
        new Outcome(Verdict.PASSED, List.of(), "", new Outcome.Measurement(1, 2, Double.NaN));
    try (var store = open()) {
      store.store(key("a"), ENVIRONMENT, outcome);
      assertThat(store.find(key("a"), ENVIRONMENT).orElseThrow().measurement())
          .isEqualTo(new Outcome.Measurement(1, 2, -1));
    }
  }

  @Test
  void aVerdictOfTheMachineIsRefused() {
    try (var store = open()) {
      for (Verdict verdict : List.of(Verdict.SANDBOX_UNAVAILABLE, Verdict.TOOLCHAIN_MISSING)) {
        assertThatThrownBy(
                () ->
                    store.store(
                        key("a"), ENVIRONMENT, Outcome.ofTheMachine(verdict, "no interpreter")))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(verdict.id() + " is the machine's verdict");
      }
      assertThat(store.find(key("a"), ENVIRONMENT)).isEmpty();
    }
  }

  @Test
  void whatIsNoDigestIsRefused() {
    try (var store = open()) {
      assertThatThrownBy(() -> store.find("a", ENVIRONMENT))
          .hasMessage("an execution's key has 64 lower-case hex digits, but was 'a'");
      assertThatThrownBy(() -> store.store(key("a"), "docker", passed(1)))
          .hasMessage("an environment's digest has 64 lower-case hex digits, but was 'docker'");
    }
  }

  @Test
  void manyThreadsSeeTheSameOutcomeOfEachExecution() throws Exception {
    int threads = 8;
    int executions = 150;
    var pool = Executors.newFixedThreadPool(threads);
    var standing = new ArrayList<Map<Integer, Outcome>>();
    try (var store = open()) {
      List<Callable<Map<Integer, Outcome>>> work = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        work.add(
            () -> {
              Map<Integer, Outcome> seen = new HashMap<>();
              for (int i = 0; i < executions; i++) {
                int number = thread % 2 == 0 ? i : executions - 1 - i;
                seen.put(
                    number,
                    store.store(key(number), ENVIRONMENT, wrong(number, "of thread " + thread)));
                assertThat(store.find(key(number), ENVIRONMENT)).contains(seen.get(number));
              }
              return seen;
            });
      }
      for (Future<Map<Integer, Outcome>> done : pool.invokeAll(work)) {
        standing.add(done.get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(standing).hasSize(threads);
    try (var store = open()) {
      Map<Integer, Outcome> kept = new HashMap<>();
      for (int i = 0; i < executions; i++) {
        kept.put(i, store.find(key(i), ENVIRONMENT).orElseThrow());
      }
      assertThat(standing).allSatisfy(seen -> assertThat(seen).isEqualTo(kept));
    }
  }

  @Test
  void aFlippedByteInAnOutcomeIsNoticedAndNamed() throws Exception {
    try (var store = open()) {
      store.store(key("a"), ENVIRONMENT, wrong(1, "a precious reason"));
      store.store(key("b"), ENVIRONMENT, passed(1));
    }
    FlippedByte.after(file, "a precious");
    try (var store = open()) {
      assertThatThrownBy(() -> store.find(key("a"), ENVIRONMENT))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("the outcome of execution " + key("a"))
          .hasMessageContaining("does not match its digest")
          .hasMessageContaining("delete it and every program is run again");
      assertThatThrownBy(() -> store.store(key("a"), ENVIRONMENT, passed(1)))
          .as("it is not replaced unseen")
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(key("a"));
      assertThat(store.find(key("b"), ENVIRONMENT)).contains(passed(1));
    }
  }

  @Test
  void aChangedMeasurementIsNoticed() throws Exception {
    try (var store = open()) {
      store.store(key("a"), ENVIRONMENT, passed(1));
    }
    change("UPDATE outcomes SET cpu_millis = 2");
    try (var store = open()) {
      assertThatThrownBy(() -> store.find(key("a"), ENVIRONMENT))
          .hasMessageContaining("does not match its digest");
    }
  }

  @Test
  void anOutcomeUnderAnotherKeyIsNoticed() throws Exception {
    try (var store = open()) {
      store.store(key("a"), ENVIRONMENT, passed(1));
    }
    change("UPDATE outcomes SET execution = '%s'".formatted(key("b")));
    try (var store = open()) {
      assertThatThrownBy(() -> store.find(key("b"), ENVIRONMENT))
          .hasMessageContaining("the outcome of execution %s".formatted(key("b")));
    }
  }

  @Test
  void aFlippedByteInTheKeyOfARowIsNoticedWhenTheStoreIsOpened() throws Exception {
    try (var store = open()) {
      store.store(key("a"), ENVIRONMENT, wrong(1, "x"));
    }
    // The index holds the key too: only one of the two places changes.
    FlippedByte.after(file, key("a").substring(0, 40));
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the execution store %s is damaged".formatted(file));
  }

  @Test
  void aSecondStoreIsRefusedInThisAndInAnotherProcess() throws Exception {
    try (var store = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the execution store " + file)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      Process other = Children.start(OpeningOnce.class, file.toString());
      try (var lines = other.inputReader()) {
        assertThat(lines.readLine())
            .contains("the execution store " + file)
            .contains("in use by process " + ProcessHandle.current().pid());
      }
      store.store(key("still"), ENVIRONMENT, passed(1));
    }
    try (var store = open()) {
      assertThat(store.find(key("still"), ENVIRONMENT)).contains(passed(1));
    }
  }

  @Test
  void everyOutcomeAcknowledgedBeforeAKillIsThereAfterwards() throws Exception {
    Process child = Children.start(StoringOutcomesUntilKilled.class, file.toString());
    var acknowledged = new ArrayList<String>();
    try (var lines = child.inputReader()) {
      while (acknowledged.size() < 500) {
        acknowledged.add(lines.readLine());
      }
      // Through the handle: Process.destroyForcibly would close the pipe with the last lines in it.
      child.toHandle().destroyForcibly();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged.add(line);
      }
    } finally {
      child.destroyForcibly();
    }
    child.waitFor();

    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(500).doesNotContainNull();
    try (var store = open()) {
      // The last line may be cut.
      for (String name : acknowledged.subList(0, acknowledged.size() - 1)) {
        int number = Integer.parseInt(name.substring(2));
        assertThat(store.find(key(name), ENVIRONMENT)).contains(wrong(number % 1000, name));
      }
      store.store(key("after"), ENVIRONMENT, passed(1));
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedByNameAndLeftAlone() throws IOException {
    Files.createDirectories(file.getParent());
    String notes = "my notes, by no means a database\n".repeat(100);
    Files.writeString(file, notes);
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file + " is not an execution store");
    assertThat(Files.readString(file)).isEqualTo(notes);
  }

  @Test
  void anotherProgramsDatabaseIsRefusedByName() throws Exception {
    Files.createDirectories(file.getParent());
    change("CREATE TABLE addresses (name TEXT)");
    assertThatThrownBy(this::open)
        .hasMessage(file + " is an SQLite file, but not an execution store of Seedwright");
  }

  @Test
  void aNewerSchemaIsRefusedByNumber() throws Exception {
    open().close();
    change("PRAGMA user_version = 9");
    assertThatThrownBy(this::open)
        .hasMessageContaining("has schema version 9; this build reads version 1");
  }

  @Test
  void aFolderIsRefused() throws IOException {
    Files.createDirectories(file);
    assertThatThrownBy(this::open).hasMessageContaining("is a folder");
  }

  @Test
  void aClosedStoreSaysSo() {
    var store = open();
    store.close();
    store.close();
    assertThatThrownBy(() -> store.find(key("a"), ENVIRONMENT))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(() -> store.store(key("a"), ENVIRONMENT, passed(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is closed");
  }

  private ExecutionStore open() {
    return ExecutionStore.open(file);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Child process that tries to open a store and prints why it could not. */
  static final class OpeningOnce {
    private OpeningOnce() {}

    public static void main(String[] arguments) {
      try (var store = ExecutionStore.open(Path.of(arguments[0]))) {
        System.out.println("opened " + store);
      } catch (StoreException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
