package org.seedwright.evaluate.score;

import org.seedwright.evaluate.execution.Outcome;

/**
 * What came of one generation.
 *
 * @param taskId the task
 * @param family the family of the task
 * @param ordinal which of the task's generations it is, from 0
 * @param outcome what its execution came to
 */
public record Judged(String taskId, String family, int ordinal, Outcome outcome) {
  public Judged {
    if (ordinal < 0) {
      throw new IllegalArgumentException(
          "ordinal must be 0 or more, but was %d".formatted(ordinal));
    }
  }
}
