package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

/**
 * One mistake in an experiment file.
 *
 * @param file the file as the user named it
 * @param line the line of the mistake, from 1; 0 where the whole file is meant
 * @param key the path of the key, such as {@code evolve.rounds} or {@code seeds.from[1]}; empty
 *     where the whole file is meant
 * @param value the offending value as written, shortened; empty where there is none or where it may
 *     be a secret
 * @param range what is valid there, such as {@code 0 to 10}
 * @param message what is wrong, in words that follow the key
 */
public record Problem(
    String file, int line, String key, String value, String range, String message) {

  public Problem {
    requireNonNull(file, "file is null");
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
    requireNonNull(range, "range is null");
    requireNonNull(message, "message is null");
    if (line < 0) {
      throw new IllegalArgumentException("line must be at least 0, but was %d".formatted(line));
    }
  }

  /** Returns the same problem, said to be one of a cell of a grid. */
  Problem inCell(String cell) {
    return new Problem(file, line, key, value, range, message + " (in cell %s)".formatted(cell));
  }

  /**
   * Renders the problem as one line: {@code quickstart.yaml:12: evolve.rounds: 99 is not in 0 to
   * 10}.
   */
  public String text() {
    return file
        + (line == 0 ? "" : ":" + line)
        + ": "
        + (key.isEmpty() ? "" : key + ": ")
        + message;
  }
}
