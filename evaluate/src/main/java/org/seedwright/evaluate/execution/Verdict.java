package org.seedwright.evaluate.execution;

import java.util.Locale;

/** What is said of a program after its tests, or of the machine that should have run them. */
public enum Verdict {
  /** Every test passed. */
  PASSED,
  /** A value differs from the expected one, or an assertion does not hold. */
  WRONG_ANSWER,
  /** The program or a call ended in an exception, or the function is not there. */
  RAISED,
  /** The process ended by itself or by a signal before its tests were through. */
  CRASHED,
  /** The program's text is not a program. */
  COMPILE_ERROR,
  /** CPU time, or the wall cap on what sleeps, was used up. */
  TIMEOUT,
  /** The memory limit was reached. */
  OUT_OF_MEMORY,
  /** More was printed or returned than the limit allows. */
  OUTPUT_LIMIT,
  /** The sandbox broke twice on this program: the machine's failure. */
  SANDBOX_UNAVAILABLE,
  /** No interpreter or compiler for the program's language: the machine's failure. */
  TOOLCHAIN_MISSING;

  /** Stable kebab-case name. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The verdict with this name. */
  public static Verdict of(String id) {
    for (Verdict verdict : values()) {
      if (verdict.id().equals(id)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException("there is no verdict '%s'".formatted(id));
  }

  /** Whether this says something of the program; a score must not be made of the others. */
  public boolean isOfTheProgram() {
    return switch (this) {
      case PASSED,
          WRONG_ANSWER,
          RAISED,
          CRASHED,
          COMPILE_ERROR,
          TIMEOUT,
          OUT_OF_MEMORY,
          OUTPUT_LIMIT ->
          true;
      case SANDBOX_UNAVAILABLE, TOOLCHAIN_MISSING -> false;
    };
  }
}
