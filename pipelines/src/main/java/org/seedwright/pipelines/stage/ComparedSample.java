package org.seedwright.pipelines.stage;

import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.seedwright.decontaminate.Reason;
import org.seedwright.evolve.instruct.Sample;

/**
 * A sample with all that duplicates are told by.
 *
 * @param id of the sample
 * @param seed code of the seed snippet at its root, where that is compared
 */
record ComparedSample(String id, Sample sample, Optional<String> seed) {
  static final String SEED = "seed";
  private static final String INSTRUCTION = "instruction";
  private static final String RESPONSE = "response";

  /** What can be compared, in the order in which it came to be. */
  static final List<String> COLUMNS = List.of(SEED, INSTRUCTION, RESPONSE);

  static ComparedSample of(Sample sample, Optional<String> seed) {
    return new ComparedSample(sample.id(), sample, seed);
  }

  int round() {
    return sample.round();
  }

  /**
   * Finds samples that are equal in all of these columns and prefers the lowest round.
   *
   * @param columns of {@link #COLUMNS}, at least one
   */
  static Deduplicate<ComparedSample> whole(List<String> columns) {
    Deduplicate<ComparedSample> whole =
        Deduplicate.exact(ComparedSample::id).preferringLowest(ComparedSample::round);
    for (String column : inOrder(columns)) {
      whole = whole.comparingIfPresent(column, text(column));
    }
    return whole;
  }

  /** Finds samples that are equal in any of these columns, likewise. */
  static DeduplicateEach<ComparedSample> each(List<String> columns) {
    DeduplicateEach<ComparedSample> each =
        DeduplicateEach.of(ComparedSample::id).preferringLowest(ComparedSample::round);
    for (String column : inOrder(columns)) {
      each = each.comparingIfPresent(column, text(column));
    }
    return each;
  }

  private static List<String> inOrder(List<String> columns) {
    return COLUMNS.stream().filter(columns::contains).toList();
  }

  /** Why a sample leaves whose text in this column is not new. */
  static Reason reason(String column) {
    return switch (column) {
      case SEED -> Reason.DUPLICATE_SEED;
      case INSTRUCTION -> Reason.DUPLICATE_INSTRUCTION;
      case RESPONSE -> Reason.DUPLICATE_RESPONSE;
      default -> throw unknown(column);
    };
  }

  private static SerializableFunction<ComparedSample, Optional<String>> text(String column) {
    return switch (column) {
      case SEED -> ComparedSample::seed;
      case INSTRUCTION -> row -> Optional.of(row.sample().instruction());
      case RESPONSE -> row -> row.sample().response();
      default -> throw unknown(column);
    };
  }

  private static IllegalArgumentException unknown(String column) {
    return new IllegalArgumentException("a sample has no column " + column);
  }
}
