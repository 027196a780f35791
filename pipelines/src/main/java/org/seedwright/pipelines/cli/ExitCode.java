package org.seedwright.pipelines.cli;

/** How a command ends. */
final class ExitCode {
  static final int DONE = 0;

  /** The work failed. */
  static final int FAILED = 1;

  /** Wrong usage or wrong input. */
  static final int WRONG_INPUT = 2;

  /** Stopped on purpose; the same command goes on. */
  static final int STOPPED = 3;

  /** Interrupted by a signal. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
