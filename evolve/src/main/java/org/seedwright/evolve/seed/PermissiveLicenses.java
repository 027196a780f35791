package org.seedwright.evolve.seed;

import java.util.List;
import java.util.Set;

/** Which licences {@code licenses: permissive} means: notice and attribution, no share-alike. */
public final class PermissiveLicenses {
  private static final Set<String> IDS =
      Set.of(
          "0BSD",
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "BSL-1.0",
          "CC0-1.0",
          "ISC",
          "MIT",
          "MIT-0",
          "NCSA",
          "PSF-2.0",
          "PostgreSQL",
          "Python-2.0",
          "Unlicense",
          "WTFPL",
          "X11",
          "Zlib");

  private PermissiveLicenses() {}

  /** Returns the SPDX ids in alphabetical order. */
  public static List<String> ids() {
    return IDS.stream().sorted().toList();
  }

  /**
   * Tells whether an SPDX expression can be met with permissive licences only: one side of each OR
   * and both of each AND. An exception (WITH) adds permissions and changes nothing.
   */
  public static boolean allow(String expression) {
    List<String> words =
        List.of(expression.replace("(", " ( ").replace(")", " ) ").strip().split("\\s+", -1));
    Reader reader = new Reader(words);
    boolean allowed = reader.anyOf();
    return allowed && reader.at == words.size();
  }

  private static final class Reader {
    private final List<String> words;
    private int at;

    Reader(List<String> words) {
      this.words = words;
    }

    boolean anyOf() {
      boolean allowed = allOf();
      while (takes("OR")) {
        allowed |= allOf();
      }
      return allowed;
    }

    boolean allOf() {
      boolean allowed = one();
      while (takes("AND")) {
        allowed &= one();
      }
      return allowed;
    }

    boolean one() {
      if (takes("(")) {
        boolean inner = anyOf();
        return takes(")") && inner;
      }
      if (at == words.size()) {
        return false;
      }
      boolean allowed = IDS.contains(words.get(at));
      at++;
      if (takes("WITH") && at < words.size()) {
        at++;
      }
      return allowed;
    }

    boolean takes(String word) {
      boolean taken = at < words.size() && words.get(at).equalsIgnoreCase(word);
      at += taken ? 1 : 0;
      return taken;
    }
  }
}
