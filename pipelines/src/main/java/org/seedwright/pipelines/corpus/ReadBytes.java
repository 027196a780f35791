package org.seedwright.pipelines.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.seedwright.evolve.Identity;

/** Bytes that were read to their end, of which no more than a limit is held in memory. */
final class ReadBytes {
  private final byte[] held;
  private final long size;
  private final String sha256;

  ReadBytes(byte[] held, long size, String sha256) {
    this.held = held;
    this.size = size;
    this.sha256 = sha256;
  }

  static ReadBytes of(byte[] bytes) {
    return new ReadBytes(bytes, bytes.length, Identity.sha256(bytes));
  }

  /**
   * Reads a stream to its end.
   *
   * @param most bytes held; of a longer stream the first ones are
   */
  static ReadBytes of(InputStream in, long most) throws IOException {
    MessageDigest digest = Identity.sha256();
    var held = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    long size = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      digest.update(buffer, 0, count);
      held.write(buffer, 0, (int) Math.max(0, Math.min(count, most - size)));
      size += count;
    }
    return new ReadBytes(held.toByteArray(), size, HexFormat.of().formatHex(digest.digest()));
  }

  byte[] held() {
    return held;
  }

  long size() {
    return size;
  }

  String sha256() {
    return sha256;
  }
}
