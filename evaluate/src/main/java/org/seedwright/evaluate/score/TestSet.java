package org.seedwright.evaluate.score;

import java.util.Locale;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Verdict;

/** Which tests a generation must pass. */
public enum TestSet {
  /** All that the benchmark has; with EvalPlus's sets, base and plus. */
  ALL,
  /** EvalPlus's base tests only: those of the original benchmark. */
  BASE;

  /** The name of EvalPlus's groups of base tests in {@link Outcome#groups()}. */
  public static final String BASE_GROUP = "base";

  /** The name of the group of additional tests. */
  public static final String PLUS_GROUP = "plus";

  /** Stable kebab-case name. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the outcome is a pass.
   *
   * @throws IllegalArgumentException if the outcome has no such tests
   */
  public boolean passed(Outcome outcome) {
    return switch (this) {
      case ALL -> outcome.verdict() == Verdict.PASSED;
      case BASE ->
          outcome.verdict() == Verdict.PASSED
              || outcome.groups().stream()
                  .anyMatch(
                      group ->
                          group.group().equals(BASE_GROUP) && group.verdict() == Verdict.PASSED);
    };
  }
}
