package org.seedwright.evolve.seed;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines as Python's {@code str.splitlines(keepends=True)} sees them, because Magicoder's released
 * code draws its snippets from those.
 *
 * <p>A line ends at \n, \r, \r\n, \v, \f, \x1c, \x1d, \x1e, \x85, U+2028 or U+2029; Java's {@code
 * lines()} knows only the first three.
 */
public final class PythonLines {
  private PythonLines() {}

  /** Returns the lines with their ends; joined they are the text. An empty text has no line. */
  public static List<String> of(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = endOfLine(text, start);
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  /** Returns the offset after the line, its end included, that holds the offset {@code from}. */
  static int endOfLine(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
        return i + 2;
      }
      if (endsLine(c)) {
        return i + 1;
      }
    }
    return text.length();
  }

  private static boolean endsLine(char c) {
    return (c >= '\n' && c <= '\r')
        || (c >= '\u001c' && c <= '\u001e')
        || c == '\u0085'
        || c == '\u2028'
        || c == '\u2029';
  }
}
