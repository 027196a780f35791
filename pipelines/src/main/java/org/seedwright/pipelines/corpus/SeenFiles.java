package org.seedwright.pipelines.corpus;

/**
 * Which document ids were there, by their first 64 bits: 16 bytes of heap for each at most. Two
 * different ids among a million share these bits with a chance of one in 37 million.
 */
final class SeenFiles {
  private long[] slots = new long[1024];
  private int size;
  private boolean zero;

  /** Notes an id; tells whether it is new. */
  boolean add(String id) {
    long bits = Long.parseUnsignedLong(id.substring(0, 16), 16);
    if (bits == 0) {
      boolean added = !zero;
      zero = true;
      return added;
    }
    if (size > slots.length / 4 * 3) {
      grow();
    }
    return put(bits);
  }

  private boolean put(long bits) {
    // Digests are spread already.
    int at = (int) bits & slots.length - 1;
    while (slots[at] != 0) {
      if (slots[at] == bits) {
        return false;
      }
      at = at + 1 & slots.length - 1;
    }
    slots[at] = bits;
    size++;
    return true;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    size = 0;
    for (long bits : old) {
      if (bits != 0) {
        put(bits);
      }
    }
  }
}
