package org.seedwright.evaluate.samples;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seedwright.evaluate.rows.InputFileException;

/**
 * Files of samples cannot be read or do not fit the benchmark. All tasks that do not fit are named
 * at once; a file that cannot be read is named alone.
 */
public final class SamplesException extends RuntimeException {
  /** How many are in the message; all are in {@link #flaws()}. */
  private static final int SHOWN = 20;

  private final transient List<Flaw> flaws;

  /**
   * One thing that is wrong.
   *
   * @param file where
   * @param line from 1, where a line is at fault
   * @param key at fault: {@code task_id} where a task does not fit; empty where none is
   * @param value what is there, or its beginning; the task id where a task does not fit
   * @param range what may be there
   * @param message one sentence that names file, line and value
   */
  public record Flaw(
      Path file, Optional<Integer> line, String key, String value, String range, String message) {
    /** The key that names a task. */
    static final String TASK = "task_id";

    static Flaw of(InputFileException e) {
      return new Flaw(e.file(), e.line(), e.key().orElse(""), e.value(), e.range(), e.getMessage());
    }
  }

  SamplesException(InputFileException unreadable) {
    super(unreadable.getMessage(), unreadable);
    this.flaws = List.of(Flaw.of(unreadable));
  }

  SamplesException(List<Flaw> flaws) {
    super(text(flaws));
    this.flaws = List.copyOf(flaws);
  }

  /** All of them, at least one. */
  public List<Flaw> flaws() {
    return flaws;
  }

  private static String text(List<Flaw> flaws) {
    String shown = flaws.stream().limit(SHOWN).map(Flaw::message).collect(Collectors.joining("\n"));
    return flaws.size() <= SHOWN
        ? shown
        : "%s\n… and %d more".formatted(shown, flaws.size() - SHOWN);
  }
}
