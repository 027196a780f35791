package org.seedwright.evolve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over texts, each preceded by its length, so that no two lists of texts run together. */
final class Digests {
  private Digests() {}

  static byte[] of(String... components) {
    MessageDigest sha256 = sha256();
    for (String component : components) {
      byte[] bytes = component.getBytes(UTF_8);
      sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).array());
      sha256.update(bytes);
    }
    return sha256.digest();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
