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
 * @param coverage which share of the benchmark's text the row holds, above 0 and at most 1; where
 *     it holds it in several places, that of all of them together
 */
public record Overlap(
    String benchmark,
    String taskId,
    String part,
    String test,
    String column,
    int start,
    int end,
    double coverage) {
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
    if (!(coverage > 0 && coverage <= 1)) {
      throw new IllegalArgumentException(
          "coverage of %s %s must be above 0 and at most 1, but was %s"
              .formatted(benchmark, taskId, coverage));
    }
  }

  /** A whole copy. */
  public Overlap(
      String benchmark,
      String taskId,
      String part,
      String test,
      String column,
      int start,
      int end) {
    this(benchmark, taskId, part, test, column, start, end, 1);
  }

  /**
   * The evidence that a row's rejection keeps: this overlap, and how many there are.
   *
   * @param all overlaps of the row, 1 or more
   */
  public String evidence(int all) {
    return "%s: %s %s, %s in %s [%d,%d)%s"
        .formatted(
            test,
            benchmark,
            taskId,
            part,
            column,
            start,
            end,
            all == 1 ? "" : " and %d more".formatted(all - 1));
  }
}
