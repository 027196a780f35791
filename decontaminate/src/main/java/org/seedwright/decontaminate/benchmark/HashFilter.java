package org.seedwright.decontaminate.benchmark;

import java.io.Serializable;

/**
 * Says of most hashes that are not in a set that they are not, from a few bits that fit into the
 * processor's cache, so that a table of many megabytes is asked about the others only. The highest
 * bits of a hash choose its bit: they must depend on all of what was hashed.
 */
final class HashFilter implements Serializable {
  /** At least so many bits for each hash: one in eight of the others passes at most. */
  private static final int BITS_EACH = 8;

  private final long[] bits;
  private final int shift;

  /**
   * Without any hash.
   *
   * @param hashes how many will be added
   */
  HashFilter(int hashes) {
    int width = 64 - Long.numberOfLeadingZeros(Math.max(64, (long) hashes * BITS_EACH) - 1);
    bits = new long[1 << (width - 6)];
    shift = 64 - width;
  }

  void add(long hash) {
    int bit = (int) (hash >>> shift);
    bits[bit >>> 6] |= 1L << bit;
  }

  /** True of every hash that was added, and of few others. */
  boolean mayHave(long hash) {
    int bit = (int) (hash >>> shift);
    return (bits[bit >>> 6] & 1L << bit) != 0;
  }
}
