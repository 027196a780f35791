package org.seedwright.decontaminate.near;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Locality-sensitive hashing of signatures (Indyk and Motwani 1998): a signature is cut into bands
 * of rows; sets that agree in all rows of some band are candidates. Sets of similarity J become
 * candidates with probability {@code 1 - (1 - J^rows)^bands}.
 *
 * @param bands 1 or more
 * @param rows of each band, 1 or more; bands times rows is the number of permutations
 */
public record Bands(int bands, int rows) implements Serializable {
  /** Permutations that may be spent where nothing else is said; that of bigcode-dataset. */
  public static final int DEFAULT_PERMUTATIONS = 256;

  /** Least probability with which a pair right at the threshold is found. */
  public static final double FOUND_AT_THRESHOLD = 0.95;

  /** A point of the curve. */
  public record Point(double jaccard, double found) {}

  public Bands {
    if (bands < 1 || rows < 1 || (long) bands * rows > MinHash.MOST_PERMUTATIONS) {
      throw new IllegalArgumentException(
          "bands x rows must be 1 x 1 to %d permutations, but was %d x %d"
              .formatted(MinHash.MOST_PERMUTATIONS, bands, rows));
    }
  }

  /**
   * The bands for a threshold: as many rows as may be, for few false candidates, while a pair right
   * at the threshold is still found with probability {@value #FOUND_AT_THRESHOLD}; one row where
   * none is enough.
   *
   * @param threshold Jaccard similarity, above 0 and at most 1
   * @param permutations that may be spent; bands times rows may be less
   */
  public static Bands forThreshold(double threshold, int permutations) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "threshold must be above 0 and at most 1, but was %s".formatted(threshold));
    }
    // A band of more than 16 rows would find no more: two equal rows of 32 bits are evidence.
    for (int rows = Math.min(16, permutations); rows > 1; rows--) {
      Bands bands = new Bands(permutations / rows, rows);
      if (bands.found(threshold) >= FOUND_AT_THRESHOLD) {
        return bands;
      }
    }
    return new Bands(permutations, 1);
  }

  /** How many permutations a signature needs. */
  public int permutations() {
    return bands * rows;
  }

  /** The probability that two sets of this similarity become candidates. */
  public double found(double jaccard) {
    return 1 - Math.pow(1 - Math.pow(jaccard, rows), bands);
  }

  /** The curve from 0.3 to 1 in steps of 0.05. */
  public List<Point> curve() {
    List<Point> points = new ArrayList<>();
    for (int percent = 30; percent <= 100; percent += 5) {
      points.add(new Point(percent / 100.0, found(percent / 100.0)));
    }
    return List.copyOf(points);
  }

  /** The key of each band of a signature: sets are candidates where they share one. */
  public long[] keys(int[] signature) {
    long[] keys = new long[bands];
    keys(signature, keys, 0);
    return keys;
  }

  /** Writes the key of each band from a place of an array on. */
  public void keys(int[] signature, long[] keys, int from) {
    int at = 0;
    for (int band = 0; band < bands; band++) {
      long hash = band;
      for (int row = 0; row < rows; row++) {
        hash = (hash ^ signature[at++]) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 32;
      }
      keys[from + band] = Shingles.mix(hash);
    }
  }
}
