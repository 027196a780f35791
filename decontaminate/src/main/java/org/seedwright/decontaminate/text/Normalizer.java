package org.seedwright.decontaminate.text;

import java.text.Normalizer.Form;
import java.util.Arrays;

/**
 * The normalisation under which two texts count as the same text, for duplicates and for benchmark
 * overlap alike. In this order:
 *
 * <ol>
 *   <li><b>White space, control and format characters are removed</b> (categories Zs, Zl, Zp, Cc,
 *       Cf and what Java calls white space): re-indented or re-wrapped code stays the same text,
 *       line ends do not matter, and a zero-width character or byte order mark hides nothing. 162
 *       of the 164 HumanEval docstrings span several lines, so that a search which minds spaces
 *       loses them to any change of indentation.
 *   <li><b>NFKC</b>: full-width letters, ligatures and the two ways to write an accented letter are
 *       one.
 *   <li><b>Case is removed</b> code point by code point (upper case, then lower case; no locale, no
 *       context, so that the Turkish i and the Greek final sigma cannot depend on where a text is
 *       read or what stands beside them). A letter whose other case is several letters, as {@code
 *       ß}, stays as it is.
 *   <li>NFKC again, since a small letter may have a composed form that its capital has not; and
 *       white space that NFKC made (out of U+00A8, for example) is removed.
 * </ol>
 *
 * <p>Identifiers, comments and punctuation are left alone: renaming is for other tests to find.
 *
 * <p>Time and memory are linear in the text. NFKC works on short runs, one base character with the
 * marks after it; the way back ({@link NormalizedText#span}) is as fine as those runs. A run is cut
 * after {@value #LONGEST_RUN} code points, so that a text of marks alone is linear too. The
 * character data are those of the JDK: Unicode 13 in Java 17.
 */
public final class Normalizer {
  /** Name of this normalisation; it changes whenever the normal form of any text does. */
  public static final String ID = "nfkc-caseless-spaceless@1";

  /** Code points of one run; the stream-safe format of UAX 15 allows 30 marks in a row. */
  private static final int LONGEST_RUN = 32;

  private final String original;
  private char[] text;
  private int written;
  private int[] starts;
  private int[] ends;

  private Normalizer(String original) {
    this.original = original;
    this.text = new char[original.length()];
    this.starts = new int[original.length()];
    this.ends = new int[original.length()];
  }

  /** The normal form of the text, with the way back to the original. */
  public static NormalizedText normalize(String original) {
    Normalizer normalizer = new Normalizer(original);
    normalizer.run();
    return new NormalizedText(
        original,
        new String(normalizer.text, 0, normalizer.written),
        normalizer.starts,
        normalizer.ends);
  }

  /** The normal form alone. */
  public static String text(String original) {
    return normalize(original).text();
  }

  private void run() {
    int at = 0;
    while (at < original.length()) {
      int plain = plainUntil(at);
      if (plain > at) {
        at = plain;
        continue;
      }
      int first = original.codePointAt(at);
      int next = at + Character.charCount(first);
      if (isIgnored(first)) {
        at = next;
        continue;
      }
      int start = at;
      int end = next;
      int length = 1;
      StringBuilder more = null;
      // Take what may join with the character before it, looking through ignored characters.
      while (next < original.length() && length < LONGEST_RUN) {
        int codePoint = original.codePointAt(next);
        int after = next + Character.charCount(codePoint);
        if (!isIgnored(codePoint)) {
          if (beginsRun(codePoint)) {
            break;
          }
          if (more == null) {
            more = new StringBuilder().appendCodePoint(first);
          }
          more.appendCodePoint(codePoint);
          length++;
          end = after;
        }
        next = after;
      }
      if (more == null && first < 0x80) {
        append((char) (first >= 'A' && first <= 'Z' ? first + 0x20 : first), start, end);
      } else {
        appendRun(more == null ? Character.toString(first) : more.toString(), start, end);
      }
      at = next;
    }
  }

  /**
   * The common case, ASCII with more ASCII after it: appends it as far as it goes and returns where
   * the rest begins. The last character before anything else stays, as that may join with it.
   */
  private int plainUntil(int from) {
    int last = -1;
    int at = from;
    for (; at < original.length(); at++) {
      char c = original.charAt(at);
      if (c >= 0x7f) {
        break;
      }
      if (c > ' ') {
        if (last >= 0) {
          appendPlain(last);
        }
        last = at;
      }
    }
    if (at < original.length()) {
      return last >= 0 ? last : at;
    }
    if (last >= 0) {
      appendPlain(last);
    }
    return at;
  }

  private void appendPlain(int at) {
    char c = original.charAt(at);
    append(c >= 'A' && c <= 'Z' ? (char) (c + 0x20) : c, at, at + 1);
  }

  private void appendRun(String run, int start, int end) {
    StringBuilder caseless = new StringBuilder();
    java.text.Normalizer.normalize(run, Form.NFKC)
        .codePoints()
        .map(codePoint -> Character.toLowerCase(Character.toUpperCase(codePoint)))
        .forEach(caseless::appendCodePoint);
    String normal = java.text.Normalizer.normalize(caseless, Form.NFKC);
    int at = 0;
    while (at < normal.length()) {
      int codePoint = normal.codePointAt(at);
      int after = at + Character.charCount(codePoint);
      if (!isIgnored(codePoint)) {
        for (; at < after; at++) {
          append(normal.charAt(at), start, end);
        }
      }
      at = after;
    }
  }

  private void append(char character, int start, int end) {
    int at = written++;
    if (at == starts.length) {
      int larger = Math.max(16, at * 2);
      text = Arrays.copyOf(text, larger);
      starts = Arrays.copyOf(starts, larger);
      ends = Arrays.copyOf(ends, larger);
    }
    text[at] = character;
    starts[at] = start;
    ends[at] = end;
  }

  /** Whether the code point carries no text: white space, control and format characters. */
  static boolean isIgnored(int codePoint) {
    if (codePoint < 0x7f) {
      return codePoint <= ' ';
    }
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || Character.isSpaceChar(codePoint)
        || Character.isWhitespace(codePoint);
  }

  /**
   * Whether the code point never joins with what stands before it under NFKC. Not so: marks, the
   * vowel AM of Thai and Lao, vowels and finals of Hangul in its several blocks, and the half-width
   * sound marks of Katakana. Wider than needed within those blocks, which only makes a run longer.
   */
  static boolean beginsRun(int codePoint) {
    if (codePoint < 0x300) {
      return true;
    }
    int type = Character.getType(codePoint);
    return type != Character.NON_SPACING_MARK
        && type != Character.COMBINING_SPACING_MARK
        && type != Character.ENCLOSING_MARK
        && codePoint != 0x0e33
        && codePoint != 0x0eb3
        && !within(codePoint, 0x1160, 0x11ff)
        && !within(codePoint, 0x3131, 0x318e)
        && !within(codePoint, 0xd7b0, 0xd7ff)
        && !within(codePoint, 0xff9e, 0xffdc);
  }

  private static boolean within(int codePoint, int first, int last) {
    return codePoint >= first && codePoint <= last;
  }
}
