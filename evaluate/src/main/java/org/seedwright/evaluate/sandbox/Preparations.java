package org.seedwright.evaluate.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What judges made of the references of tests (arguments, expected values, times), for the judges
 * of other slots: a reference runs once, and all slots have the same limits from it. Only judges
 * see it. What was asked for longest ago leaves first.
 */
final class Preparations {
  private static final long MOST_CHARACTERS = 128L << 20;

  private final Map<String, String> byDigest = new LinkedHashMap<>(16, 0.75f, true);
  private final long most;
  private long characters;

  Preparations() {
    this(MOST_CHARACTERS);
  }

  Preparations(long most) {
    this.most = most;
  }

  /** What there is for the tests of this digest. */
  synchronized Optional<String> of(String digest) {
    return Optional.ofNullable(byDigest.get(digest));
  }

  synchronized void put(String digest, String prepared) {
    String before = byDigest.put(digest, prepared);
    characters += prepared.length() - (before == null ? 0 : before.length());
    var oldest = byDigest.entrySet().iterator();
    while (characters > most && byDigest.size() > 1) {
      characters -= oldest.next().getValue().length();
      oldest.remove();
    }
  }
}
