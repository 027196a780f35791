package org.seedwright.evaluate.samples;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One answer of a model to one task.
 *
 * @param taskId the task, spelled as the benchmark spells it
 * @param ordinal which of the task's generations it is, from 0 in the order of the files
 * @param form what the text is
 * @param text as it stands in the file
 * @param place where it stands
 */
public record Generation(String taskId, int ordinal, Form form, String text, Place place) {
  /** What the text of a generation is. */
  public enum Form {
    /** Continues the prompt. */
    COMPLETION,
    /** A whole program. */
    SOLUTION,
    /** All that the model said, maybe with the prompt before it; for an extraction to cut. */
    REPLY;

    /** Stable kebab-case name. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A place in a file.
   *
   * @param line from 1; 0 where the file as a whole is meant
   */
  public record Place(Path file, int line) {
    @Override
    public String toString() {
      return line == 0 ? file.toString() : "%s line %d".formatted(file, line);
    }
  }

  public Generation {
    if (ordinal < 0) {
      throw new IllegalArgumentException(
          "ordinal must be 0 or more, but was %d".formatted(ordinal));
    }
  }

  /** The same generation with another text, after an extraction. */
  public Generation withText(Form newForm, String newText) {
    return new Generation(taskId, ordinal, newForm, newText, place);
  }
}
