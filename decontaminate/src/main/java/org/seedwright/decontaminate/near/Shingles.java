package org.seedwright.decontaminate.near;

import java.util.Arrays;
import java.util.List;
import org.seedwright.decontaminate.text.Normalizer;
import org.seedwright.decontaminate.text.Words;

/**
 * Turns a row's texts into the set that similarity is measured on: every run of so many {@link
 * Words}, as a 64-bit hash. No run crosses from one text into the next.
 *
 * <p>A text that is too short for one run is one element by itself: its whole normal form,
 * punctuation included. So two short texts share it where they are exact duplicates and not
 * otherwise ({@code a + b} is not {@code a - b}), and no two of them are alike by having nothing. A
 * row without any character that counts has the empty set and is like no other row.
 *
 * <p>Two different runs share a hash with a chance of 2^-64; all that follows takes the hashes for
 * the runs. One object serves one thread.
 */
public final class Shingles {
  /** Words of a run where nothing else is said: the value of bigcode-dataset and datatrove. */
  public static final int DEFAULT_WORDS = 5;

  /** Largest number of words of a run. */
  public static final int MOST_WORDS = 64;

  private static final long BASE = 0xD1342543DE82EF95L;
  private static final long SHORT = 0x5851F42D4C957F2DL;
  private static final long[] EMPTY = {};

  private final int words;
  private final long leaving;
  private final Words reading = new Words();
  private long[] found = new long[512];
  private int count;

  /**
   * A reader of sets.
   *
   * @param words of a run, 1 to {@value #MOST_WORDS}
   */
  public Shingles(int words) {
    if (words < 1 || words > MOST_WORDS) {
      throw new IllegalArgumentException(
          "words of a shingle must be 1 to %d, but was %d".formatted(MOST_WORDS, words));
    }
    this.words = words;
    long power = 1;
    for (int i = 1; i < words; i++) {
      power *= BASE;
    }
    this.leaving = power;
  }

  /** The set of one text, ascending and without repetition. */
  public long[] of(String text) {
    count = 0;
    read(text);
    return set();
  }

  /** The set of several texts of one row: the union of theirs. */
  public long[] of(List<String> texts) {
    count = 0;
    texts.forEach(this::read);
    return set();
  }

  private void read(String text) {
    reading.read(text);
    int all = reading.count();
    if (all < words) {
      String normal = Normalizer.text(text);
      if (!normal.isEmpty()) {
        room(1);
        found[count++] = mix(Words.hashOf(normal) ^ SHORT);
      }
      return;
    }
    room(all - words + 1);
    long hash = 0;
    for (int i = 0; i < words - 1; i++) {
      hash = hash * BASE + reading.hash(i);
    }
    long[] out = found;
    int at = count;
    for (int i = words - 1; i < all; i++) {
      hash = hash * BASE + reading.hash(i);
      out[at++] = mix(hash);
      hash -= leaving * reading.hash(i - words + 1);
    }
    count = at;
  }

  private void room(int more) {
    if (found.length - count < more) {
      found = Arrays.copyOf(found, Math.max(count + more, found.length * 2));
    }
  }

  private long[] set() {
    if (count == 0) {
      return EMPTY;
    }
    Arrays.sort(found, 0, count);
    int distinct = 1;
    for (int i = 1; i < count; i++) {
      if (found[i] != found[i - 1]) {
        found[distinct++] = found[i];
      }
    }
    return Arrays.copyOf(found, distinct);
  }

  /** The finalizer of MurmurHash3: a permutation of 64 bits in which each bit moves every other. */
  static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
