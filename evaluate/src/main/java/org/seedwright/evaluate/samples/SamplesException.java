package org.seedwright.evaluate.samples;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Files of samples do not fit the benchmark. All that is wrong is named at once. */
public final class SamplesException extends RuntimeException {
  /** How many are in the message; all are in {@link #flaws()}. */
  private static final int SHOWN = 20;

  private final transient List<Flaw> flaws;

  /**
   * One thing that is wrong.
   *
   * @param file where
   * @param line from 1, where a line is at fault
   * @param task the task id at fault
   * @param message one sentence that names task, file and line
   */
  public record Flaw(Path file, Optional<Integer> line, String task, String message) {}

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
