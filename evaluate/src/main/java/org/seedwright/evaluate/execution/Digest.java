package org.seedwright.evaluate.execution;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 over a kind and parts, each with its length before it, so that no two lists of parts run
 * into one text. Lone surrogates, which a model's text may hold, are kept apart: UTF-16 is
 * digested.
 */
final class Digest {
  private final MessageDigest sha256;

  Digest(String kind) {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    with(kind);
  }

  Digest with(String part) {
    with(part.length());
    byte[] bytes = new byte[2 * part.length()];
    ByteBuffer.wrap(bytes).asCharBuffer().put(part);
    sha256.update(bytes);
    return this;
  }

  Digest with(long part) {
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(part).array());
    return this;
  }

  Digest with(double part) {
    return with(Double.doubleToLongBits(part));
  }

  Digest with(List<String> parts) {
    with(parts.size());
    parts.forEach(this::with);
    return this;
  }

  /** 64 lower-case hex digits. */
  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
