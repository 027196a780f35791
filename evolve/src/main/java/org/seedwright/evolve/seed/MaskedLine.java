package org.seedwright.evolve.seed;

import java.util.ArrayList;
import java.util.List;

/**
 * A line without its comments.
 *
 * @param blank whether it has nothing but white space
 * @param code its code and strings; comments are spaces
 * @param statements {@code code} parted at semicolons outside strings
 * @param brackets opened ones less closed ones, outside strings
 * @param insideString whether a string of many lines is open where it begins
 * @param continued whether a backslash at its end says that the statement goes on
 */
record MaskedLine(
    boolean blank,
    String code,
    List<String> statements,
    int brackets,
    boolean insideString,
    boolean continued) {

  static MaskedLine of(String content, CodeMask.Kind[] kinds, int start, int end) {
    StringBuilder code = new StringBuilder(end - start);
    List<String> statements = new ArrayList<>();
    int statement = 0;
    int brackets = 0;
    for (int i = start; i < end; i++) {
      char c = content.charAt(i);
      code.append(kinds[i] == CodeMask.Kind.COMMENT ? ' ' : c);
      if (kinds[i] == CodeMask.Kind.CODE) {
        if (c == ';') {
          statements.add(code.substring(statement, code.length() - 1).strip());
          statement = code.length();
        }
        brackets += "([{".indexOf(c) >= 0 ? 1 : 0;
        brackets -= ")]}".indexOf(c) >= 0 ? 1 : 0;
      }
    }
    statements.add(code.substring(statement).strip());
    return new MaskedLine(
        content.substring(start, end).isBlank(),
        code.toString(),
        List.copyOf(statements),
        brackets,
        start > 0 && kinds[start - 1] == CodeMask.Kind.STRING,
        code.toString().stripTrailing().endsWith("\\"));
  }
}
