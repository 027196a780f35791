package org.seedwright.decontaminate.benchmark;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Window hash to the patterns that are anchored on a window of that hash, as chains through one
 * array. Open addressing on primitive longs, at most half full: a text of a million characters asks
 * a million times and mostly hears no.
 */
final class WindowTable implements Serializable {
  /** End of a chain. */
  static final int NONE = -1;

  private final long[] hashes;
  private final int[] heads;
  private final int[] nexts;
  private final int shift;
  private final HashFilter filter;

  WindowTable(int patterns) {
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, patterns) * 2L - 1);
    this.hashes = new long[1 << bits];
    this.heads = new int[1 << bits];
    this.nexts = new int[patterns];
    this.shift = 64 - Math.max(1, bits);
    this.filter = new HashFilter(patterns);
    Arrays.fill(heads, NONE);
  }

  void put(long hash, int pattern) {
    filter.add(hash);
    int slot = slot(hash);
    hashes[slot] = hash;
    nexts[pattern] = heads[slot];
    heads[slot] = pattern;
  }

  /** The first pattern of this hash, or {@link #NONE}. */
  int first(long hash) {
    return filter.mayHave(hash) ? heads[slot(hash)] : NONE;
  }

  /** The pattern after this one of the same hash, or {@link #NONE}. */
  int after(int pattern) {
    return nexts[pattern];
  }

  private int slot(long hash) {
    int slot = (int) (hash >>> shift);
    while (heads[slot] != NONE && hashes[slot] != hash) {
      slot = (slot + 1) & (heads.length - 1);
    }
    return slot;
  }
}
