package org.seedwright.pipelines.simulate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The key that a client must send as {@code Authorization: Bearer KEY}. It is never shown. */
public final class RequiredKey {
  private final byte[] header;

  private RequiredKey(String key) {
    this.header = ("Bearer " + key).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the key.
   *
   * @throws IllegalArgumentException when it is blank
   */
  public static RequiredKey of(String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("the required key is blank");
    }
    return new RequiredKey(key);
  }

  boolean isIn(Optional<String> authorization) {
    return authorization.isPresent()
        && MessageDigest.isEqual(header, authorization.get().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "RequiredKey[hidden]";
  }
}
