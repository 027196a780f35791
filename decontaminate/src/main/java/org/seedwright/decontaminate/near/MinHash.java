package org.seedwright.decontaminate.near;

import java.util.Arrays;

/**
 * MinHash signatures (Broder 1997): the least image of a set under each of k permutations. The
 * share of places in which two signatures agree estimates the Jaccard similarity of the sets
 * without bias, with standard deviation sqrt(J(1-J)/k).
 *
 * <p>An element is folded to 32 bits once; the permutations are {@code fold((x ^ s) * a) * c}: two
 * multiplications by odd factors with a shift between them, a bijection of the 32-bit integers
 * drawn from one fixed seed, of which the upper 31 bits are compared. A linear map alone ({@code a
 * * x + b}), as other implementations take, leaves the permutations of one element correlated; the
 * shift breaks that, and the laws in the tests hold mean and spread of the estimate, and the curve
 * of {@link Bands}.
 *
 * <p>The inner loop runs over the permutations for four elements at once, reads and writes int
 * arrays only and allocates nothing. It takes minima by arithmetic: the JIT of Java 17 leaves
 * {@code Math.min} of integers scalar, and makes vector instructions of this (three to four times
 * faster).
 *
 * <p>Safe for use by several threads.
 */
public final class MinHash {
  /** Name of the permutations; it changes whenever a signature does. */
  public static final String ID = "minhash-31@1";

  /** Most permutations. */
  public static final int MOST_PERMUTATIONS = 4096;

  private static final int LAST = 0x85ebca6b;

  /** Permutations are computed in multiples of this, so that vectors have no remainder. */
  private static final int LANES = 16;

  private final int permutations;
  private final int[] masks;
  private final int[] factors;

  /**
   * The first k permutations.
   *
   * @param permutations 1 to {@value #MOST_PERMUTATIONS}
   */
  public MinHash(int permutations) {
    if (permutations < 1 || permutations > MOST_PERMUTATIONS) {
      throw new IllegalArgumentException(
          "permutations must be 1 to %d, but was %d".formatted(MOST_PERMUTATIONS, permutations));
    }
    this.permutations = permutations;
    int computed = (permutations + LANES - 1) / LANES * LANES;
    masks = new int[computed];
    factors = new int[computed];
    for (int i = 0; i < computed; i++) {
      long drawn = Shingles.mix((i + 1) * 0x9E3779B97F4A7C15L);
      masks[i] = (int) drawn;
      factors[i] = (int) (drawn >>> 32) | 1;
    }
  }

  /** How many places a signature has. */
  public int permutations() {
    return permutations;
  }

  /** The signature of a set; of the empty one all places are {@link Integer#MAX_VALUE}. */
  public int[] signature(long[] set) {
    int[] places = places();
    sign(set, places);
    return Arrays.copyOf(places, permutations);
  }

  /** An array for {@link #sign}; longer than a signature, which is its beginning. */
  int[] places() {
    return new int[masks.length];
  }

  /** Writes the signature of a set into an array that {@link #places} made. */
  void sign(long[] set, int[] places) {
    Arrays.fill(places, Integer.MAX_VALUE);
    int last = set.length - 1;
    for (int i = 0; i <= last; i += 4) {
      // The last element stands in for those that are missing: a minimum does not mind.
      lower(
          fold(set[i]),
          fold(set[Math.min(i + 1, last)]),
          fold(set[Math.min(i + 2, last)]),
          fold(set[Math.min(i + 3, last)]),
          places,
          masks,
          factors);
    }
  }

  private static int fold(long element) {
    return (int) (element ^ (element >>> 32));
  }

  /** A method of its own, so that it is compiled by itself and the loop becomes vectors. */
  private static void lower(
      int first, int second, int third, int fourth, int[] places, int[] masks, int[] factors) {
    for (int i = 0; i < places.length; i++) {
      int mask = masks[i];
      int factor = factors[i];
      int a = (first ^ mask) * factor;
      int b = (second ^ mask) * factor;
      int c = (third ^ mask) * factor;
      int d = (fourth ^ mask) * factor;
      a = ((a ^ (a >>> 15)) * LAST) >>> 1;
      b = ((b ^ (b >>> 15)) * LAST) >>> 1;
      c = ((c ^ (c >>> 15)) * LAST) >>> 1;
      d = ((d ^ (d >>> 15)) * LAST) >>> 1;
      // None is negative, so no difference overflows: its sign says which is less.
      int less = b - a;
      a += less & (less >> 31);
      less = d - c;
      c += less & (less >> 31);
      less = c - a;
      a += less & (less >> 31);
      less = a - places[i];
      places[i] += less & (less >> 31);
    }
  }
}
