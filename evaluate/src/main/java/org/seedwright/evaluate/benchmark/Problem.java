package org.seedwright.evaluate.benchmark;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * One problem of a benchmark.
 *
 * @param benchmark id of the benchmark, such as {@code humaneval-plus}
 * @param taskId the task's id as the benchmark's own files and its samples files write it
 * @param family what this problem is a form of: {@code HumanEval/n} for HumanEval, HumanEval+, its
 *     translations and HumanEvalPack, {@code MBPP/n} for MBPP and its forms; problems of one family
 *     never serve both to select and to report
 * @param prompt what the model is given
 * @param entryPoint the function that tests call, where the benchmark names it
 * @param canonicalSolution the benchmark's own solution, in the form its file has: a continuation
 *     of the prompt or a whole program; absent where the file has none
 * @param tests source of the tests as the file has it
 * @param releaseDate the day the problem was first published, ISO 8601 ({@code 2024-01-21})
 */
public record Problem(
    String benchmark,
    String taskId,
    String family,
    String prompt,
    Optional<String> entryPoint,
    Optional<String> canonicalSolution,
    Optional<String> tests,
    Optional<String> releaseDate) {
  public Problem {
    if (benchmark.isBlank() || taskId.isBlank() || family.isBlank()) {
      throw new IllegalArgumentException(
          "a problem needs benchmark, task id and family, but has '%s', '%s', '%s'"
              .formatted(benchmark, taskId, family));
    }
    if (prompt.isBlank()) {
      throw new IllegalArgumentException("%s: prompt is blank".formatted(taskId));
    }
    releaseDate.ifPresent(date -> requireDate(taskId, date));
  }

  private static void requireDate(String taskId, String date) {
    try {
      LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s: release_date must be a day as in 2024-01-21, but was '%s'".formatted(taskId, date),
          e);
    }
  }
}
