package org.seedwright.decontaminate.near;

import java.io.Serializable;

/**
 * What two rows must share to be near-duplicates, and how pairs are looked for.
 *
 * @param threshold least Jaccard similarity of the sets of shingles, above 0 and at most 1
 * @param words of a shingle
 * @param bands how candidates are found
 */
public record NearSettings(double threshold, int words, Bands bands) implements Serializable {
  /** The threshold of bigcode-dataset's near-deduplication of The Stack. */
  public static final double DEFAULT_THRESHOLD = 0.7;

  public NearSettings {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "threshold must be above 0 and at most 1, but was %s".formatted(threshold));
    }
    if (words < 1 || words > Shingles.MOST_WORDS) {
      throw new IllegalArgumentException(
          "words of a shingle must be 1 to %d, but was %d".formatted(Shingles.MOST_WORDS, words));
    }
    if (bands == null) {
      throw new IllegalArgumentException("bands are null");
    }
  }

  /** Settings with the bands that {@link Bands#forThreshold} chooses. */
  public static NearSettings of(double threshold, int words, int permutations) {
    return new NearSettings(threshold, words, Bands.forThreshold(threshold, permutations));
  }

  /** Threshold 0.7, 5 words, at most 256 permutations. */
  public static NearSettings defaults() {
    return of(DEFAULT_THRESHOLD, Shingles.DEFAULT_WORDS, Bands.DEFAULT_PERMUTATIONS);
  }
}
