package org.seedwright.evolve;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A sequence of uniform numbers that depends on the run's seed, on what they are for and on the ids
 * of a row, and on nothing else: no order of rows, no machine, no day.
 *
 * <p>The n-th number is the SHA-256 of the key and n. Not safe for use by several threads; make one
 * where it is needed.
 */
public final class Draw {
  private final byte[] key;
  private long next;

  private Draw(byte[] key) {
    this.key = key;
  }

  /**
   * Returns the draw for one row.
   *
   * @param seed the run's seed
   * @param purpose what is drawn; two purposes have independent draws
   * @param ids what identifies the row, in a fixed order
   */
  public static Draw of(long seed, String purpose, String... ids) {
    String[] components = new String[ids.length + 3];
    components[0] = "draw";
    components[1] = Long.toString(seed);
    components[2] = purpose;
    System.arraycopy(ids, 0, components, 3, ids.length);
    return new Draw(Digests.of(components));
  }

  /** Returns the next number, uniform over all longs. */
  public long nextLong() {
    MessageDigest sha256 = Digests.sha256();
    sha256.update(key);
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(next).array());
    next++;
    return ByteBuffer.wrap(sha256.digest()).getLong();
  }

  /**
   * Returns the next number, uniform over 0 (inclusive) to {@code bound} (exclusive), without the
   * bias of a plain remainder.
   *
   * @throws IllegalArgumentException when {@code bound} is below 1
   */
  public long nextLong(long bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, but was %d".formatted(bound));
    }
    // The numbers above the last whole multiple of the bound would favour small remainders.
    long lastWhole = Long.MAX_VALUE - (Long.MAX_VALUE % bound + 1) % bound;
    long bits = nextLong() >>> 1;
    while (bits > lastWhole) {
      bits = nextLong() >>> 1;
    }
    return bits % bound;
  }

  /** Returns the next number as {@link #nextLong(long)} does. */
  public int nextInt(int bound) {
    return (int) nextLong(bound);
  }

  /**
   * Returns 64 hexadecimal digits that order rows at random: the smallest n digests are a uniform
   * choice of n rows. Independent of how many numbers were drawn.
   */
  public String digest() {
    return HexFormat.of().formatHex(key);
  }
}
