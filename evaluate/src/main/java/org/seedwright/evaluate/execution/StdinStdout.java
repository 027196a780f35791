package org.seedwright.evaluate.execution;

import java.util.List;

/**
 * Tests that are whole runs of the program: what it reads, and what it must print. White space at
 * the ends of lines and empty lines at the end do not count.
 *
 * @param runs at least one; each is a process of its own
 */
public record StdinStdout(List<Run> runs) implements Tests {
  /**
   * One run.
   *
   * @param stdin all that can be read
   * @param stdout what is expected
   */
  public record Run(String stdin, String stdout) {}

  public StdinStdout {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a test by stdin and stdout needs at least one run");
    }
  }

  @Override
  public String digest() {
    Digest digest = new Digest("stdin-stdout").with(runs.size());
    runs.forEach(run -> digest.with(run.stdin()).with(run.stdout()));
    return digest.hex();
  }
}
