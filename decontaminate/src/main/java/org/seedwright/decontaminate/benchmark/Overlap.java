package org.seedwright.decontaminate.benchmark;

import java.util.Comparator;

/**
 * Evidence that a row holds a benchmark's text.
 *
 * @param benchmark id of the benchmark
 * @param taskId the task within it
 * @param part which text of the task
 * @param test id of the test that found it, such as {@code exact}
 * @param column the row's column
 * @param start where the text begins in the column as it stands, UTF-16 offset, inclusive
 * @param end where it ends, exclusive
 */
public record Overlap(
    String benchmark, String taskId, String part, String test, String column, int start, int end) {
  /** By column and place, then by the text found: a total order on distinct overlaps. */
  public static final Comparator<Overlap> ORDER =
      Comparator.comparing(Overlap::column)
          .thenComparingInt(Overlap::start)
          .thenComparingInt(Overlap::end)
          .thenComparing(Overlap::benchmark)
          .thenComparing(Overlap::taskId)
          .thenComparing(Overlap::part)
          .thenComparing(Overlap::test);

  public Overlap {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "overlap with %s %s needs 0 <= start < end, but was [%d,%d)"
              .formatted(benchmark, taskId, start, end));
    }
  }
}
