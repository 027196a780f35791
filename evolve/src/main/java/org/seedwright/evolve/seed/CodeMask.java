package org.seedwright.evolve.seed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells for every character of a file whether it is code, a comment or a string, in one pass.
 *
 * <p>It reads the file from its beginning, so it knows of a line in the middle whether a comment is
 * open there. It is no parser: where a string of many lines is never closed it counts as ended with
 * its line, and what a language does beyond its {@link Syntax} is taken for code.
 */
final class CodeMask {
  enum Kind {
    CODE,
    COMMENT,
    STRING
  }

  private static final int LONGEST_CHARACTER = 12;
  private static final Pattern HERE_DOCUMENT =
      Pattern.compile("<<[-~]?[\"'\\\\]?([A-Z_][A-Z0-9_]*+)", Pattern.CASE_INSENSITIVE);

  private final String text;
  private final Syntax syntax;
  private final Kind[] kinds;
  private final Set<String> neverClosed = new HashSet<>();
  private final Deque<String> hereDocuments = new ArrayDeque<>();
  private char lastCode = '\n';

  /** Last character of code that is no letter, so that the r of r""" does not hide a bracket. */
  private char beforePrefix = '\n';

  private int lineStart;

  private CodeMask(String text, Syntax syntax) {
    this.text = text;
    this.syntax = syntax;
    this.kinds = new Kind[text.length()];
  }

  /** Returns what each character of {@code text} is. */
  static Kind[] of(String text, Syntax syntax) {
    CodeMask mask = new CodeMask(text, syntax);
    int at = text.startsWith("#!") ? mask.mark(0, mask.endOfLine(0), Kind.COMMENT) : 0;
    while (at < text.length()) {
      at = mask.next(at);
    }
    return mask.kinds;
  }

  private int next(int at) {
    char c = text.charAt(at);
    if (c == '\n' || c == '\r') {
      int end = mark(at, at + 1, Kind.CODE);
      if (c == '\n' && !hereDocuments.isEmpty()) {
        end = hereDocument(end, hereDocuments.removeFirst());
      }
      lineStart = end;
      return end;
    }
    if (Character.isWhitespace(c)) {
      return mark(at, at + 1, Kind.CODE);
    }
    int end = comment(at);
    if (end < 0) {
      end = string(at);
      if (end < 0 || kinds[at] != Kind.COMMENT) {
        beforePrefix = Character.isLetter(c) ? beforePrefix : c;
        lastCode = end < 0 ? c : '"';
      }
    }
    if (end >= 0) {
      return end;
    }
    if (c == '<' && syntax.has(Syntax.Trait.HERE_DOCUMENTS)) {
      noteHereDocument(at);
    }
    return mark(at, at + 1, Kind.CODE);
  }

  private int mark(int from, int to, Kind kind) {
    int end = Math.min(to, text.length());
    for (int i = from; i < end; i++) {
      kinds[i] = kind;
      if (text.charAt(i) == '\n') {
        lineStart = i + 1;
      }
    }
    return end;
  }

  private int comment(int at) {
    for (Syntax.Block block : syntax.blocks()) {
      if (text.startsWith(block.open(), at) && (!block.atLineStart() || at == lineStart)) {
        return mark(at, endOfBlock(at, block), Kind.COMMENT);
      }
    }
    for (String open : syntax.lineComments()) {
      if (text.startsWith(open, at) && !isOtherHash(at)) {
        return mark(at, endOfLine(at), Kind.COMMENT);
      }
    }
    return -1;
  }

  /** A hash sign that begins no comment, as in $# of a shell or in an attribute of PHP. */
  private boolean isOtherHash(int at) {
    if (text.charAt(at) != '#') {
      return false;
    }
    if (syntax.has(Syntax.Trait.ATTRIBUTES)) {
      return text.startsWith("#[", at);
    }
    return syntax.has(Syntax.Trait.COMMENT_AT_WORD)
        && at > 0
        && !Character.isWhitespace(text.charAt(at - 1))
        && ";()|&".indexOf(text.charAt(at - 1)) < 0;
  }

  private boolean isIndentOnly(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private int endOfBlock(int at, Syntax.Block block) {
    int depth = 1;
    int i = at + block.open().length();
    while (i < text.length()) {
      if (text.startsWith(block.close(), i)) {
        depth--;
        i += block.close().length();
        if (depth == 0) {
          // Pod and =begin end with their line.
          return block.atLineStart() ? endOfLine(i) : i;
        }
      } else if (block.nested() && text.startsWith(block.open(), i)) {
        depth++;
        i += block.open().length();
      } else {
        i++;
      }
    }
    return text.length();
  }

  private int string(int at) {
    if (syntax.has(Syntax.Trait.CHARACTERS) && text.charAt(at) == '\'') {
      return character(at);
    }
    if (syntax.has(Syntax.Trait.SLASH_PATTERNS) && text.charAt(at) == '/') {
      return slashPattern(at);
    }
    for (Syntax.Quote quote : syntax.quotes()) {
      if (text.startsWith(quote.open(), at)) {
        int from = at + quote.open().length();
        int end = quote.manyLines() ? endOfLongString(from, quote) : -1;
        boolean documents = end >= 0 && isDocumentation(at, quote);
        if (end < 0) {
          end = endOfShortString(from, quote);
        }
        return documents ? mark(startOfPrefix(at), end, Kind.COMMENT) : mark(at, end, Kind.STRING);
      }
    }
    return -1;
  }

  /** The r of r""" belongs to the string. */
  private int startOfPrefix(int at) {
    int from = at;
    while (from > lineStart && at - from < 2 && "rRuUbBfF".indexOf(text.charAt(from - 1)) >= 0) {
      from--;
    }
    return from;
  }

  private boolean isDocumentation(int at, Syntax.Quote quote) {
    if (!syntax.has(Syntax.Trait.DOCUMENTATION_STRINGS) || quote.open().length() != 3) {
      return false;
    }
    int from = startOfPrefix(at);
    if (!isIndentOnly(lineStart, from)) {
      return false;
    }
    // After an operator or an open bracket the string is a value.
    return beforePrefix == '\n' || "([{,=+%\\&|<>*/-".indexOf(beforePrefix) < 0;
  }

  private int endOfLongString(int from, Syntax.Quote quote) {
    if (neverClosed.contains(quote.open())) {
      return -1;
    }
    for (int i = from; i < text.length(); i++) {
      if (quote.escapes() && text.charAt(i) == '\\') {
        i++;
      } else if (text.startsWith(quote.close(), i)) {
        return i + quote.close().length();
      }
    }
    neverClosed.add(quote.open());
    return -1;
  }

  private int endOfShortString(int from, Syntax.Quote quote) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote.escapes() && c == '\\') {
        i += text.startsWith("\r\n", i + 1) ? 2 : 1;
      } else if (text.startsWith(quote.close(), i)) {
        return i + quote.close().length();
      } else if (c == '\n' || c == '\r') {
        return i;
      }
    }
    return text.length();
  }

  private int character(int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    if (text.charAt(at + 1) == '\\') {
      int close = text.indexOf('\'', at + 3);
      return close >= 0 && close - at <= LONGEST_CHARACTER ? mark(at, close + 1, Kind.STRING) : -1;
    }
    int close = at + 1 + Character.charCount(text.codePointAt(at + 1));
    return close < text.length() && text.charAt(close) == '\''
        ? mark(at, close + 1, Kind.STRING)
        : -1;
  }

  private int slashPattern(int at) {
    if ("\n(,=:[!&|?{};+".indexOf(lastCode) < 0) {
      return -1;
    }
    boolean inClass = false;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        return -1;
      } else if (c == '\\') {
        i++;
      } else if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (c == '/' && !inClass) {
        return mark(at, i + 1, Kind.STRING);
      }
    }
    return -1;
  }

  private void noteHereDocument(int at) {
    Matcher word = HERE_DOCUMENT.matcher(text).region(at, Math.min(text.length(), at + 80));
    if (word.lookingAt() && (at == 0 || text.charAt(at - 1) != '<')) {
      hereDocuments.add(word.group(1));
    }
  }

  private int hereDocument(int from, String word) {
    if (neverClosed.contains("<<" + word)) {
      return from;
    }
    int line = from;
    while (line < text.length()) {
      int end = endOfLine(line);
      if (text.substring(line, end).strip().equals(word)) {
        // The last line is code, so that a file of here-documents is not all strings.
        return mark(from, line, Kind.STRING);
      }
      line = end + 1;
    }
    neverClosed.add("<<" + word);
    return from;
  }

  private int endOfLine(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }
}
