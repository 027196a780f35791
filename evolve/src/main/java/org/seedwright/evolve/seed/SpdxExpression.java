package org.seedwright.evolve.seed;

import java.util.Collection;
import java.util.List;

/** Reads SPDX licence expressions. */
public final class SpdxExpression {
  private SpdxExpression() {}

  /**
   * Tells whether an expression can be met with some licences only: one side of each OR and both of
   * each AND. An exception (WITH) adds permissions and changes nothing.
   *
   * @param ids SPDX ids of these licences
   */
  public static boolean allowedBy(Collection<String> ids, String expression) {
    List<String> words =
        List.of(expression.replace("(", " ( ").replace(")", " ) ").strip().split("\\s+", -1));
    Reader reader = new Reader(ids, words);
    boolean allowed = reader.anyOf();
    return allowed && reader.at == words.size();
  }

  private static final class Reader {
    private final Collection<String> ids;
    private final List<String> words;
    private int at;

    Reader(Collection<String> ids, List<String> words) {
      this.ids = ids;
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
      boolean allowed = ids.contains(words.get(at));
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
