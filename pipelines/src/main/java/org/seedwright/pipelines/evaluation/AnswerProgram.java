package org.seedwright.pipelines.evaluation;

import org.seedwright.evolve.Identity;

/**
 * An answer to a task as a whole program.
 *
 * @param id of the answer, which its verdict has too
 * @param taskId the task, as the benchmark spells it
 * @param ordinal which of the task's answers it is, from 0 in the order of the files
 * @param extraction what cut it out of what the model said; {@code reference} for a benchmark's own
 *     solution
 * @param form what was given: {@code completion}, {@code solution} or {@code reply}
 * @param program its text
 */
public record AnswerProgram(
    String id, String taskId, int ordinal, String extraction, String form, String program) {
  /** In place of an extraction: the benchmark's own solution. */
  static final String REFERENCE = "reference";

  /**
   * A program, named by where it stands.
   *
   * @param benchmark id and version
   */
  static AnswerProgram of(
      String benchmark,
      String taskId,
      int ordinal,
      String extraction,
      String form,
      String program) {
    return new AnswerProgram(
        Identity.row("answer", benchmark + " " + taskId, 0, extraction, ordinal),
        taskId,
        ordinal,
        extraction,
        form,
        program);
  }
}
