package org.seedwright.pipelines.store;

import java.util.regex.Pattern;

/** The form of a request's identity: 64 lower-case hex digits. */
final class Keys {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  private Keys() {}

  static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }

  static void check(String key) {
    if (!isKey(key)) {
      throw new IllegalArgumentException(
          "a request key has 64 lower-case hex digits, but was '%s'".formatted(key));
    }
  }
}
