package org.seedwright.pipelines.stage;

import org.seedwright.decontaminate.benchmark.Overlap;
import org.seedwright.evolve.Identity;

/**
 * A benchmark text found in a row.
 *
 * @param id of the hit
 * @param rowId of the row
 * @param benchmark id of the benchmark
 * @param taskId of the task
 * @param part prompt, description or solution
 * @param test which test found it
 * @param column of the row
 * @param start offset of its first character in that column, in UTF-16 units
 * @param end offset behind its last character
 * @param coverage share of the benchmark's text that the row holds, above 0 and at most 1
 */
public record ContaminationHit(
    String id,
    String rowId,
    String benchmark,
    String taskId,
    String part,
    String test,
    String column,
    int start,
    int end,
    double coverage) {
  /** The table that hits are in. */
  public static final String TABLE = "hits";

  static ContaminationHit of(String rowId, int ordinal, Overlap overlap) {
    return new ContaminationHit(
        Identity.row("hit", rowId, 0, "", ordinal),
        rowId,
        overlap.benchmark(),
        overlap.taskId(),
        overlap.part(),
        overlap.test(),
        overlap.column(),
        overlap.start(),
        overlap.end(),
        overlap.coverage());
  }
}
