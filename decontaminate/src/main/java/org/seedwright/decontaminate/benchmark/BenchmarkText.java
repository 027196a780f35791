package org.seedwright.decontaminate.benchmark;

import java.io.Serializable;

/**
 * One text of a benchmark that must not turn up in training data.
 *
 * @param benchmark id of the benchmark, such as {@code humaneval}
 * @param taskId the task's id within it
 * @param part which text of the task: {@code prompt}, {@code description} or {@code solution}
 * @param text the text as the benchmark has it
 */
public record BenchmarkText(String benchmark, String taskId, String part, String text)
    implements Serializable {
  public BenchmarkText {
    if (benchmark.isBlank() || taskId.isBlank() || part.isBlank()) {
      throw new IllegalArgumentException(
          "a benchmark text needs benchmark, task id and part, but has '%s', '%s', '%s'"
              .formatted(benchmark, taskId, part));
    }
    if (text == null) {
      throw new IllegalArgumentException("%s %s has no %s".formatted(benchmark, taskId, part));
    }
  }
}
