package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The signals that a command of a test can be ended by. */
final class Signals {
  /** SIGINT in the mask of ignored signals. */
  private static final long INTERRUPT = 0b10;

  private Signals() {}

  /**
   * Returns their names. SIGINT is none of them where it is ignored: a shell starts so what runs in
   * its background, and children inherit it, a JVM as well.
   */
  static List<String> thatEnd() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      boolean ignored =
          lines
              .filter(line -> line.startsWith("SigIgn:"))
              .map(line -> line.substring("SigIgn:".length()).strip())
              .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & INTERRUPT) != 0);
      return ignored ? List.of("TERM") : List.of("TERM", "INT");
    }
  }
}
