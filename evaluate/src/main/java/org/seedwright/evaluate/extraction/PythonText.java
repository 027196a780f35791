package org.seedwright.evaluate.extraction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Python's methods on strings do, where Java's differ: other white space, other line ends. */
final class PythonText {
  /** What {@code str.isspace} is true of, for a character class. */
  static final String WHITE_SPACE =
      "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

  private static final Pattern LEADING = Pattern.compile("^[" + WHITE_SPACE + "]+");
  private static final Pattern TRAILING = Pattern.compile("[" + WHITE_SPACE + "]+\\z");

  /** What {@code str.splitlines} splits at. */
  private static final Pattern LINE_END =
      Pattern.compile("\\r\\n|[\\n\\r\\x0b\\x0c\\x1c-\\x1e\\x85\\u2028\\u2029]");

  private PythonText() {}

  /** {@code str.strip()}. */
  static String strip(String text) {
    return LEADING.matcher(stripTrailing(text)).replaceFirst("");
  }

  /** How many characters of white space a line begins with. */
  static int indent(String line) {
    Matcher matcher = LEADING.matcher(line);
    return matcher.find() ? matcher.end() : 0;
  }

  /** {@code str.splitlines()}: no empty line after the last line end. */
  static List<String> lines(String text) {
    List<String> lines = split(text, LINE_END);
    return lines.get(lines.size() - 1).isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
  }

  /** {@code str.split(separator)}: empty parts are kept. */
  static List<String> split(String text, String separator) {
    return split(text, Pattern.compile(Pattern.quote(separator)));
  }

  /** {@code re.split} with a pattern that has no groups. */
  static List<String> split(String text, Pattern separator) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = separator.matcher(text);
    int from = 0;
    while (matcher.find()) {
      parts.add(text.substring(from, matcher.start()));
      from = matcher.end();
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** From the end by hand: a pattern would try again at every run of spaces. */
  private static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && TRAILING.matcher(text.substring(end - 1, end)).matches()) {
      end--;
    }
    return text.substring(0, end);
  }
}
