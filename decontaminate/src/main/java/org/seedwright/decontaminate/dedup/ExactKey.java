package org.seedwright.decontaminate.dedup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The key that exact duplicates share: SHA-256 over the named columns without what is ignored.
 * Names and texts go in with their lengths before them, so that no text can run over into the next
 * column; columns go in by name, so that their order does not matter.
 */
public final class ExactKey {
  private ExactKey() {}

  /** The key of a row where {@link Ignoring#WHITE_SPACE_AND_CASE}. */
  public static String of(Map<String, String> columns) {
    return of(columns, Ignoring.WHITE_SPACE_AND_CASE);
  }

  /**
   * The key of a row, 64 lower-case hex digits.
   *
   * @param columns column name to text; an absent text is left out, which differs from an empty one
   * @throws IllegalArgumentException if there is no column
   */
  public static String of(Map<String, String> columns, Ignoring ignoring) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a duplicate key needs at least one column");
    }
    MessageDigest digest = sha256();
    new TreeMap<>(columns)
        .forEach(
            (name, text) -> {
              update(digest, name);
              update(digest, ignoring.normal(text));
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String component) {
    byte[] bytes = component.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
