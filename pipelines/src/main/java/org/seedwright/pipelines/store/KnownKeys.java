package org.seedwright.pipelines.store;

/**
 * Keys that a store may hold, in 8 to 16 bytes each, so that a new request costs no look into its
 * tables. Holds every key that was added, and one in some 10<sup>13</sup> others beside a million:
 * keys are digests, of which it keeps 64 bits.
 */
final class KnownKeys {
  private static final int KEPT_DIGITS = 16;
  private static final int HEXADECIMAL = 16;
  private static final int FIRST_SLOTS = 1 << 10;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Open addressing; 0 is an empty slot. */
  private long[] slots = new long[FIRST_SLOTS];

  private int size;

  synchronized void add(String key) {
    long kept = kept(key);
    int slot = slot(slots, kept);
    if (slots[slot] == 0) {
      slots[slot] = kept;
      if (++size > slots.length / 2) {
        grow();
      }
    }
  }

  /** False only for a key that was not added. */
  synchronized boolean mayHold(String key) {
    return slots[slot(slots, kept(key))] != 0;
  }

  private static long kept(String key) {
    return Math.max(1, Long.parseUnsignedLong(key, 0, KEPT_DIGITS, HEXADECIMAL) >>> 1);
  }

  /** Where a key is, or would be. */
  private static int slot(long[] slots, long kept) {
    // Digests are spread already; others are by the golden ratio.
    int slot = (int) ((kept * SPREAD) >>> 32) & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != kept) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    var larger = new long[2 * slots.length];
    for (long kept : slots) {
      if (kept != 0) {
        larger[slot(larger, kept)] = kept;
      }
    }
    slots = larger;
  }
}
