package org.seedwright.evaluate.sandbox;

/**
 * What a slot may use, all its processes together. A program's own limits are in its execution.
 *
 * @param memoryBytes memory of a slot, 64 MiB to 64 GiB; where control groups or containers limit
 *     it
 * @param processes processes and threads of a slot, 16 to 4096
 * @param boxBytes size of the folder that a program may write to, 1 MiB to 16 GiB
 */
public record SandboxSettings(long memoryBytes, int processes, long boxBytes) {
  private static final long MEBIBYTE = 1L << 20;

  public SandboxSettings {
    require("memoryBytes", memoryBytes, 64 * MEBIBYTE, 64 * 1024 * MEBIBYTE);
    require("processes", processes, 16, 4096);
    require("boxBytes", boxBytes, MEBIBYTE, 16 * 1024 * MEBIBYTE);
  }

  /** 5 GiB, since EvalPlus allows a program 4; 64 processes; 64 MiB to write. */
  public static SandboxSettings standard() {
    return new SandboxSettings(5 * 1024 * MEBIBYTE, 64, 64 * MEBIBYTE);
  }

  /** The same with another limit of memory. */
  public SandboxSettings withMemoryBytes(long bytes) {
    return new SandboxSettings(bytes, processes, boxBytes);
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "sandbox %s must be %d to %d, but was %d".formatted(name, least, most, value));
    }
  }
}
