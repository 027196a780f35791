package org.seedwright.evolve;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Names of rows that depend on where a row comes from and never on what a model replied, so that a
 * row asked again keeps its name.
 *
 * <p>Each is the hexadecimal SHA-256 of its components as UTF-8, every one preceded by its length
 * in bytes as a big-endian 64-bit integer.
 */
public final class Identity {
  private static final int ROW_DIGITS = 32;

  private Identity() {}

  /** Returns the SHA-256 of a file's bytes, 64 hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }

  /** Returns a SHA-256 that has been fed nothing yet, for bytes that come bit by bit. */
  public static MessageDigest sha256() {
    return Digests.sha256();
  }

  /**
   * Returns the id of a source file: 64 hexadecimal digits.
   *
   * @param source name of the source in the experiment
   * @param path path relative to the source, with forward slashes
   * @param sha256 digest of the file's bytes, as {@link #sha256} returns it
   */
  public static String document(String source, String path, String sha256) {
    return HexFormat.of().formatHex(Digests.of("document", source, path, sha256));
  }

  /**
   * Returns the id of a row: 32 hexadecimal digits.
   *
   * @param kind what the row is, such as {@code seed}
   * @param parentId id of the row or document it comes from
   * @param round round of evolution, 0 before the first
   * @param heuristic {@code id@version}, or empty where there is none
   * @param ordinal number among its siblings, from 0
   */
  public static String row(String kind, String parentId, int round, String heuristic, int ordinal) {
    byte[] digest =
        Digests.of(
            "row", kind, parentId, Integer.toString(round), heuristic, Integer.toString(ordinal));
    return HexFormat.of().formatHex(digest).substring(0, ROW_DIGITS);
  }
}
