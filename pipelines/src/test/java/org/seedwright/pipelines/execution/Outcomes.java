package org.seedwright.pipelines.execution;

import java.util.List;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Outcome.GroupOutcome;
import org.seedwright.evaluate.execution.Outcome.Measurement;
import org.seedwright.evaluate.execution.Verdict;
import org.seedwright.pipelines.table.CanonicalJson;

/** Executions and what came of them, for tests of the store. */
final class Outcomes {
  static final String ENVIRONMENT = key("environment");

  private Outcomes() {}

  static String key(Object name) {
    return CanonicalJson.digest(name);
  }

  static Outcome passed(long cpuMillis) {
    return new Outcome(
        Verdict.PASSED,
        List.of(new GroupOutcome("tests", Verdict.PASSED, "1", "pass")),
        "",
        new Measurement(cpuMillis, 2 * cpuMillis, 0.1));
  }

  /** Two groups, the second of which fails one of many tests. */
  static Outcome wrong(int test, String reason) {
    return new Outcome(
        Verdict.WRONG_ANSWER,
        List.of(
            new GroupOutcome("base", Verdict.PASSED, "1111", "pass"),
            new GroupOutcome(
                "plus",
                Verdict.WRONG_ANSWER,
                "1".repeat(test) + "0" + "-".repeat(1000 - test),
                "fail")),
        reason,
        new Measurement(test, 3L * test, 1.0 / 3));
  }
}
