package org.seedwright.pipelines.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evaluate.benchmark.Problem;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.Limits;

class OracleKeyTest {
  private static final Task TASK =
      task("a", Optional.of("x = 1"), "assert x == 1", Limits.humanEval());

  @Test
  void equalTasksHaveEqualKeys() {
    Task again = task("a", Optional.of("x = 1"), "assert x == 1", Limits.humanEval());
    assertThat(key("1", TASK)).isEqualTo(key("1", again));
  }

  @Test
  void whateverCanChangeAReferencesOutcomeChangesTheKey() {
    Limits limits = Limits.evalPlus();
    assertThat(
            List.of(
                key("1", TASK),
                key("2", TASK),
                key("1", task("b", Optional.of("x = 1"), "assert x == 1", Limits.humanEval())),
                key("1", task("a", Optional.of("x = 2"), "assert x == 1", Limits.humanEval())),
                key("1", task("a", Optional.empty(), "assert x == 1", Limits.humanEval())),
                key("1", task("a", Optional.of("x = 1"), "assert x > 0", Limits.humanEval())),
                key("1", task("a", Optional.of("x = 1"), "assert x == 1", limits)),
                key("1", TASK, task("b", Optional.empty(), "assert y", limits)),
                OracleKey.of(new TaskSet("ours", "1", List.of(TASK)), Outcomes.key("other"))))
        .doesNotHaveDuplicates();
  }

  private static OracleKey key(String version, Task... tasks) {
    return OracleKey.of(new TaskSet("ours", version, List.of(tasks)), Outcomes.ENVIRONMENT);
  }

  private static Task task(String id, Optional<String> reference, String test, Limits limits) {
    return new Task(
        new Problem(
            "ours",
            id,
            id,
            "Do it.",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        "",
        reference,
        Asserts.mbpp("", List.of(test)),
        limits);
  }
}
