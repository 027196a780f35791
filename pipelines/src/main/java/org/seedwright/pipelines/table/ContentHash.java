package org.seedwright.pipelines.table;

import java.math.BigInteger;

/**
 * The hash of a table's rows whatever their order, shards or file format: the row count and the sum
 * modulo 2^256 of the SHA-256 of each row's canonical JSON.
 *
 * @param rows how many rows, at least 0
 * @param sum the sum, 0 to 2^256 - 1
 */
public record ContentHash(long rows, BigInteger sum) {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  /** The hash of no rows. */
  public static final ContentHash EMPTY = new ContentHash(0, BigInteger.ZERO);

  /** Returns the hash with one row more. */
  public ContentHash plus(Record row) {
    BigInteger digest = new BigInteger(1, CanonicalJson.sha256(CanonicalJson.text(row)));
    return new ContentHash(rows + 1, sum.add(digest).mod(MODULUS));
  }

  /** Returns the hash of both sets of rows. */
  public ContentHash plus(ContentHash other) {
    return new ContentHash(rows + other.rows, sum.add(other.sum).mod(MODULUS));
  }

  /** Parses what {@link #toString} wrote. */
  public static ContentHash parse(String text) {
    int dash = text.indexOf('-');
    return new ContentHash(
        Long.parseLong(text.substring(0, dash)), new BigInteger(text.substring(dash + 1), 16));
  }

  /** Returns the row count, a dash and 64 hex digits. */
  @Override
  public String toString() {
    return "%d-%064x".formatted(rows, sum);
  }
}
