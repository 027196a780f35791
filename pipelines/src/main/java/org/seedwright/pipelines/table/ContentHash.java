package org.seedwright.pipelines.table;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hash of a table's rows whatever their order, shards or file format: the row count and the sum
 * modulo 2^256 of the SHA-256 of each row's canonical JSON.
 *
 * @param rows how many rows, at least 0
 * @param sum the sum, 0 to 2^256 - 1
 */
public record ContentHash(long rows, BigInteger sum) {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9a-f]{64})");

  /** The hash of no rows. */
  public static final ContentHash EMPTY = new ContentHash(0, BigInteger.ZERO);

  public ContentHash {
    if (rows < 0 || sum.signum() < 0 || sum.bitLength() > 256) {
      throw new IllegalArgumentException(
          "a content hash has rows and a sum from 0 to 2^256 - 1, but was given %d and %s"
              .formatted(rows, sum));
    }
  }

  /** Returns the hash with one row more. */
  public ContentHash plus(Record row) {
    BigInteger digest = new BigInteger(1, CanonicalJson.sha256(CanonicalJson.text(row)));
    return new ContentHash(rows + 1, sum.add(digest).mod(MODULUS));
  }

  /** Returns the hash of both sets of rows. */
  public ContentHash plus(ContentHash other) {
    return new ContentHash(rows + other.rows, sum.add(other.sum).mod(MODULUS));
  }

  /**
   * Parses what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ContentHash parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'%s' is not a content hash".formatted(text));
    }
    return new ContentHash(Long.parseLong(matcher.group(1)), new BigInteger(matcher.group(2), 16));
  }

  /** Returns the row count, a dash and 64 hex digits. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d-%064x", rows, sum);
  }
}
