package org.seedwright.decontaminate.benchmark;

/**
 * Rolling hash of a window of fixed length (Karp and Rabin 1987): the hash of the next window costs
 * one step. Arithmetic is modulo 2^64; equal windows have equal hashes, the reverse must be
 * checked.
 */
final class WindowHash {
  private static final long BASE = 0x9E3779B97F4A7C15L;

  private final char[] text;
  private final int length;
  private final long leaving;
  private int start;
  private long hash;

  /** Stands on the first window of a text that is at least as long as a window. */
  WindowHash(String text, int length) {
    if (text.length() < length) {
      throw new IllegalArgumentException(
          "text of %d characters has no window of %d".formatted(text.length(), length));
    }
    this.text = text.toCharArray();
    this.length = length;
    long power = 1;
    for (int i = 0; i < length; i++) {
      hash = hash * BASE + this.text[i] + 1;
      power *= BASE;
    }
    this.leaving = power;
  }

  /** Hash of the window stood on. Its low bits depend on few characters: take high ones. */
  long hash() {
    return hash;
  }

  /** Where that window begins. */
  int start() {
    return start;
  }

  /** Moves one character on; false, and nothing moved, at the last window. */
  boolean next() {
    int entering = start + length;
    if (entering == text.length) {
      return false;
    }
    hash = hash * BASE + text[entering] + 1 - leaving * (text[start] + 1);
    start++;
    return true;
  }
}
