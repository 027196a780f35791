package org.seedwright.pipelines.cli;

import java.util.stream.Collectors;

/**
 * Text that somebody else wrote (a model, a file, a server), made safe for a terminal: what could
 * move the cursor, change colours, retitle the window or turn the reading direction is shown as an
 * escape, {@code \}{@code u001b}. Letters of every language stay.
 */
final class TerminalText {
  private static final String GUTTER = "| ";

  private TerminalText() {}

  /** Returns the text on one line. */
  static String line(String text) {
    return escaped(text, false);
  }

  /**
   * Returns the text on one line of at most so many characters; an ellipsis says that it was cut.
   */
  static String line(String text, int most) {
    String line = line(text);
    if (line.codePointCount(0, line.length()) <= most) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** Returns the lines of the text, each behind an indent and a gutter; at most so many of them. */
  static String block(String text, String indent, int mostLines) {
    var lines = text.split("\n", -1);
    // The line end of the last line opens no further line.
    int count =
        lines.length > 1 && lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
    String shown =
        java.util.Arrays.stream(lines)
            .limit(Math.min(count, mostLines))
            .map(line -> (indent + GUTTER + escaped(line, true)).stripTrailing())
            .collect(Collectors.joining("\n"));
    return count <= mostLines
        ? shown
        : shown
            + "\n%s%s… %d more line%s"
                .formatted(indent, GUTTER, count - mostLines, count - mostLines == 1 ? "" : "s");
  }

  private static String escaped(String text, boolean keepTab) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point == '\t' && keepTab) {
        out.append('\t');
      } else if (point == '\n' || point == '\t' || point == '\r') {
        out.append(point == '\n' ? "\\n" : point == '\t' ? "\\t" : "\\r");
      } else if (isUnsafe(point)) {
        out.append(point < 0x10000 ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point));
      } else {
        out.appendCodePoint(point);
      }
    }
    return out.toString();
  }

  private static boolean isUnsafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
