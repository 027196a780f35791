package org.seedwright.decontaminate.near;

import java.util.Arrays;

/**
 * MinHash signatures (Broder 1997): the least image of a set under each of k permutations. The
 * share of places in which two signatures agree estimates the Jaccard similarity of the sets
 * without bias, with standard deviation sqrt(J(1-J)/k).
 *
 * <p>An element is folded to 32 bits once; the permutations are {@code x -> fold(((x ^ s) * a)) *
 * c}, two multiplications and a shift with odd factors, each a bijection of the 32-bit integers
 * drawn from one fixed seed. A linear map alone ({@code a * x + b}), as other implementations take,
 * leaves the permutations of one element correlated; the shift between two multiplications breaks
 * that, and the law in the tests holds the curve of {@link Bands} to two points. The inner loop
 * runs over the permutations, reads and writes int arrays only and allocates nothing, so that the
 * JIT turns it into vector instructions.
 *
 * <p>Safe for use by several threads.
 */
public final class MinHash {
  /** Name of the permutations; it changes whenever a signature does. */
  public static final String ID = "minhash-32@1";

  /** Most permutations. */
  public static final int MOST_PERMUTATIONS = 4096;

  private static final int LAST = 0x85ebca6b;

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
    masks = new int[permutations];
    factors = new int[permutations];
    for (int i = 0; i < permutations; i++) {
      long drawn = Shingles.mix((i + 1) * 0x9E3779B97F4A7C15L);
      masks[i] = (int) drawn;
      factors[i] = (int) (drawn >>> 32) | 1;
    }
  }

  /** How many places a signature has. */
  public int permutations() {
    return masks.length;
  }

  /** The signature of a set; of the empty one all places are {@link Integer#MAX_VALUE}. */
  public int[] signature(long[] set) {
    int[] signature = new int[masks.length];
    sign(set, signature);
    return signature;
  }

  /** Writes the signature of a set into an array of {@link #permutations()} places. */
  public void sign(long[] set, int[] signature) {
    Arrays.fill(signature, Integer.MAX_VALUE);
    for (long element : set) {
      lower((int) (element ^ (element >>> 32)), signature, masks, factors);
    }
  }

  /** A method of its own, so that it is compiled by itself and the loop becomes vectors. */
  private static void lower(int element, int[] signature, int[] masks, int[] factors) {
    for (int i = 0; i < signature.length; i++) {
      int image = (element ^ masks[i]) * factors[i];
      image = (image ^ (image >>> 15)) * LAST;
      signature[i] = Math.min(signature[i], image);
    }
  }
}
