package org.seedwright.evaluate.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evaluate.benchmark.Problem;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Outcome.Measurement;
import org.seedwright.evaluate.execution.Verdict;

class OracleReportTest {
  private static final TaskSet SET =
      new TaskSet(
          "ours", "1", List.of(task("a", Optional.of("x = 1")), task("b", Optional.of("x = 2"))));

  @Test
  void everyReferenceIsRunWithAllTests() {
    assertThat(OracleReport.executions(SET).keySet()).containsExactly("a", "b");
    assertThat(OracleReport.executions(SET).get("a").everyTest()).isTrue();
    assertThat(OracleReport.executions(SET).get("a").program().source()).isEqualTo("x = 1");
  }

  @Test
  void whereAllPassEveryTaskCounts() {
    OracleReport report = OracleReport.of(SET, Map.of("a", passed(), "b", passed()));
    assertThat(report.scorable(false, false)).containsExactly("a", "b");
    assertThat(report.references()).isEqualTo(2);
  }

  @Test
  void aReferenceThatFailsForbidsTheScoreUnlessAllowed() {
    OracleReport report = OracleReport.of(SET, Map.of("a", passed(), "b", failed()));
    assertThatThrownBy(() -> report.scorable(false, true))
        .isInstanceOf(BrokenOracleException.class)
        .hasMessage(
            "benchmark ours: the reference solutions of 1 of 2 tasks fail here: b (raised:"
                + " ImportError: numpy); no score is said (--allow-broken leaves these tasks out)");
    assertThat(report.scorable(true, false)).containsExactly("a");
    OracleReport none = OracleReport.of(SET, Map.of("a", failed(), "b", failed()));
    assertThatThrownBy(() -> none.scorable(true, true)).isInstanceOf(BrokenOracleException.class);
  }

  @Test
  void tasksWithoutAReferenceCountOnlyWhenAskedFor() {
    TaskSet set = new TaskSet("ours", "1", List.of(task("a", Optional.empty())));
    OracleReport report = OracleReport.of(set, Map.of());
    assertThatThrownBy(() -> report.scorable(true, false))
        .hasMessage(
            "benchmark ours: 1 tasks have no reference solution: a; no score is said (--no-oracle"
                + " scores them all the same, and the score's name says so)");
    assertThat(report.scorable(false, true)).containsExactly("a");
  }

  @Test
  void theMachinesFailureIsNotTheReferences() {
    Outcome broken = Outcome.ofTheMachine(Verdict.SANDBOX_UNAVAILABLE, "the slot broke");
    assertThatThrownBy(() -> OracleReport.of(SET, Map.of("a", passed(), "b", broken)))
        .hasMessage(
            "benchmark ours: the machine failed on the references of 1 tasks: b"
                + " (sandbox-unavailable: the slot broke)");
    assertThatThrownBy(() -> OracleReport.of(SET, Map.of("a", passed())))
        .hasMessage("the reference of b was not run");
  }

  private static Task task(String id, Optional<String> reference) {
    return new Task(
        new Problem(
            "ours",
            id,
            id,
            "prompt",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        "",
        reference,
        new Asserts("", List.of("assert x"), Optional.empty()),
        Limits.humanEval());
  }

  private static Outcome passed() {
    return new Outcome(Verdict.PASSED, List.of(), "", new Measurement(1, 1, 0));
  }

  private static Outcome failed() {
    return new Outcome(Verdict.RAISED, List.of(), "ImportError: numpy", new Measurement(1, 1, 0));
  }
}
