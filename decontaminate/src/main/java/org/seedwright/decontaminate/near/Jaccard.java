package org.seedwright.decontaminate.near;

/** Exact Jaccard similarity of two sets given as ascending arrays without repetition. */
public final class Jaccard {
  private Jaccard() {}

  /** Shared elements by all elements, 0 to 1; 0 where both sets are empty. */
  public static double of(long[] one, long[] other) {
    return of(one, one.length, other, other.length);
  }

  /** The same of the first so many elements of two arrays. */
  static double of(long[] one, int sizeOfOne, long[] other, int sizeOfOther) {
    int shared = 0;
    int i = 0;
    int j = 0;
    while (i < sizeOfOne && j < sizeOfOther) {
      long left = one[i];
      long right = other[j];
      // Without branches to guess: which of two hashes is less is a coin that nobody can call.
      shared += left == right ? 1 : 0;
      i += left <= right ? 1 : 0;
      j += right <= left ? 1 : 0;
    }
    int all = sizeOfOne + sizeOfOther - shared;
    return all == 0 ? 0 : (double) shared / all;
  }

  /** Whether sets of these sizes can be so similar at all. */
  static boolean possible(int sizeOfOne, int sizeOfOther, double threshold) {
    return Math.min(sizeOfOne, sizeOfOther) >= threshold * Math.max(sizeOfOne, sizeOfOther);
  }
}
