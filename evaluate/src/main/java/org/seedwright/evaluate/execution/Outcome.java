package org.seedwright.evaluate.execution;

import java.util.List;

/**
 * What came of an execution.
 *
 * @param verdict that of the first group that did not pass, or passed
 * @param groups one per group of {@link Calls}, else one named {@code tests}; empty if the verdict
 *     is the machine's
 * @param reason why it did not pass, in a line of at most {@link #REASON_CHARACTERS} characters; it
 *     may quote the program and is not to be trusted; empty if it passed
 * @param measurement what it took
 */
public record Outcome(
    Verdict verdict, List<GroupOutcome> groups, String reason, Measurement measurement) {
  /** Length of the longest reason. */
  public static final int REASON_CHARACTERS = 300;

  /**
   * What came of a group of tests.
   *
   * @param tests a character per test, in order: {@code 1} passed, {@code 0} failed, {@code -} not
   *     run or not finished
   * @param status what EvalPlus says of the group: {@code pass}, {@code fail}, or {@code timeout}
   *     where the process never reported
   */
  public record GroupOutcome(String group, Verdict verdict, String tests, String status) {
    public GroupOutcome {
      if (!tests.matches("[01-]*")) {
        throw new IllegalArgumentException("%s: tests are '%s'".formatted(group, tests));
      }
    }
  }

  /**
   * What an execution took; never part of what is compared between runs.
   *
   * @param cpuMillis CPU time of candidate and judge
   * @param wallMillis from request to verdict
   * @param load the machine's load average when it ended; negative where unknown
   */
  public record Measurement(long cpuMillis, long wallMillis, double load) {}

  public Outcome {
    groups = List.copyOf(groups);
    if (reason.length() > REASON_CHARACTERS) {
      throw new IllegalArgumentException(
          "a reason has at most %d characters, but has %d"
              .formatted(REASON_CHARACTERS, reason.length()));
    }
  }

  /** The machine failed; says nothing of the program. */
  public static Outcome ofTheMachine(Verdict verdict, String reason) {
    if (verdict.isOfTheProgram()) {
      throw new IllegalArgumentException("%s is a program's verdict".formatted(verdict.id()));
    }
    return new Outcome(
        verdict,
        List.of(),
        reason.substring(0, Math.min(reason.length(), REASON_CHARACTERS)),
        new Measurement(0, 0, -1));
  }
}
