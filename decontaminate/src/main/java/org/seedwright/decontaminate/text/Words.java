package org.seedwright.decontaminate.text;

import java.util.Arrays;

/**
 * The words of a text as 64-bit hashes, with the places they were read from. A word is a longest
 * run of letters, digits, marks and {@code _}; an ideograph, and a letter of a script that writes
 * no spaces (Kana, Thai, Lao, Khmer, Myanmar), is a word of its own. All else parts words and is
 * not read, except that format characters (zero-width space, soft hyphen) inside a word are looked
 * through. Words are equal where their {@link Normalizer normal forms} are: case, full-width forms
 * and composition do not matter.
 *
 * <p>One object serves one thread and text after text; each {@link #read} forgets the text before.
 * Plain ASCII, the common case, is read without allocation.
 */
public final class Words {
  private static final long BASE = 0x9E3779B97F4A7C15L;

  /** What an ASCII character adds to a word: itself in lower case, or 0 where it parts words. */
  private static final byte[] ASCII = new byte[0x80];

  static {
    for (char c = 0; c < ASCII.length; c++) {
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') {
        ASCII[c] = (byte) c;
      } else if (c >= 'A' && c <= 'Z') {
        ASCII[c] = (byte) (c + 0x20);
      }
    }
  }

  private char[] text = new char[1024];
  private long[] hashes = new long[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int count;

  /** Reads the words of a text; returns this. */
  public Words read(String source) {
    int length = source.length();
    if (text.length < length) {
      text = new char[Math.max(length, text.length * 2)];
    }
    source.getChars(0, length, text, 0);
    count = 0;
    char[] chars = text;
    int at = 0;
    while (at < length) {
      char c = chars[at];
      if (c < 0x80 && ASCII[c] == 0) {
        at++;
        continue;
      }
      int start = at;
      long hash = 0;
      while (at < length && (c = chars[at]) < 0x80 && ASCII[c] != 0) {
        hash = (hash ^ ASCII[c]) * BASE;
        hash ^= hash >>> 29;
        at++;
      }
      if (at < length && c >= 0x80) {
        at = slow(source, start);
      } else {
        add(hash, start, at);
      }
    }
    return this;
  }

  /** How many words the text has. */
  public int count() {
    return count;
  }

  /** The hash of a word; equal words have equal hashes. */
  public long hash(int word) {
    return hashes[word];
  }

  /** Where a word begins in the text as it came. */
  public int start(int word) {
    return starts[word];
  }

  /** Where it ends, exclusive. */
  public int end(int word) {
    return ends[word];
  }

  /** The hash of a word given in its normal form; of any other normal form too. */
  public static long hashOf(String normal) {
    long hash = 0;
    for (int i = 0; i < normal.length(); i++) {
      hash = (hash ^ normal.charAt(i)) * BASE;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /** Reads from a place where a character beyond ASCII is met before the next gap. */
  private int slow(String source, int from) {
    int at = from;
    int start = -1;
    int end = from;
    while (at < source.length()) {
      int codePoint = source.codePointAt(at);
      int next = at + Character.charCount(codePoint);
      if (standsAlone(codePoint)) {
        word(source, start, end);
        int after = afterMarks(source, next);
        word(source, at, after);
        return after;
      }
      if (belongs(codePoint)) {
        start = start < 0 ? at : start;
        end = next;
      } else if (Character.getType(codePoint) != Character.FORMAT) {
        break;
      }
      at = next;
    }
    word(source, start, end);
    return Math.max(at, from + 1);
  }

  private void word(String source, int start, int end) {
    if (start >= 0 && start < end) {
      String normal = Normalizer.text(source.substring(start, end));
      if (!normal.isEmpty()) {
        add(hashOf(normal), start, end);
      }
    }
  }

  private void add(long hash, int start, int end) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    hashes[count] = hash;
    starts[count] = start;
    ends[count++] = end;
  }

  private static boolean belongs(int codePoint) {
    if (codePoint < 0x80) {
      return ASCII[codePoint] != 0;
    }
    return Character.isLetterOrDigit(codePoint) || isMark(codePoint);
  }

  private static int afterMarks(String source, int from) {
    int at = from;
    while (at < source.length() && isMark(source.codePointAt(at))) {
      at += Character.charCount(source.codePointAt(at));
    }
    return at;
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean standsAlone(int codePoint) {
    if (codePoint < 0xe00 || !Character.isLetter(codePoint)) {
      return false;
    }
    if (Character.isIdeographic(codePoint)) {
      return true;
    }
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
