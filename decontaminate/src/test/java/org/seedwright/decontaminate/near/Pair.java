package org.seedwright.decontaminate.near;

import java.util.Arrays;
import java.util.Random;

/** Two random sets of a wanted similarity, as near as their sizes allow. */
@SuppressWarnings("ArrayRecordComponent")
record Pair(long[] one, long[] other) {
  static Pair of(Random random, int all, double jaccard) {
    int shared = (int) Math.round(all * jaccard);
    int left = shared + (all - shared) / 2;
    long[] union = random.longs(all).toArray();
    long[] one = Arrays.copyOf(union, left);
    long[] other = new long[shared + all - left];
    System.arraycopy(union, 0, other, 0, shared);
    System.arraycopy(union, left, other, shared, all - left);
    Arrays.sort(one);
    Arrays.sort(other);
    return new Pair(one, other);
  }
}
