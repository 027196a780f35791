package org.seedwright.evaluate.execution;

/**
 * A program with the tests that it is to pass.
 *
 * @param everyTest whether tests go on after the first that fails
 */
public record Execution(Program program, Tests tests, Limits limits, boolean everyTest) {
  /** Raised when the same execution may come to another verdict than before. */
  private static final int VERSION = 1;

  /**
   * The content address of this execution, 64 hex digits: equal for equal executions, and nothing
   * that can change a verdict is left out but the sandbox's environment, which has a digest of its
   * own.
   */
  public String key() {
    return new Digest("execution")
        .with(VERSION)
        .with(program.language().id())
        .with(program.source())
        .with(tests.digest())
        .with(limits.digest())
        .with(everyTest ? 1 : 0)
        .hex();
  }
}
