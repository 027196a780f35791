package org.seedwright.evolve.seed;

import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much of a text is data in a text encoding, after the three regular expressions of StarCoder2
 * (arXiv 2402.19173), read without backtracking.
 *
 * @param longest characters of the longest stretch by its encoding; one that does not occur is
 *     absent
 * @param total characters that are in a stretch, whatever its encoding, each counted once
 */
record EncodedData(Map<Form, Integer> longest, int total) {
  /** The encodings. */
  enum Form {
    /** 64 or more Base64 characters and line ends in a row. */
    BASE64("Base64") {
      @Override
      int end(String text, int at) {
        int end = at;
        while (end < text.length() && isBase64(text.charAt(end))) {
          end++;
        }
        return end - at >= 64 ? end : at;
      }
    },
    /** 8 or more bytes in hexadecimal in a row, such as {@code 0x1f,0x8b} or {@code 1f 8b}. */
    HEXADECIMAL("hexadecimal numbers") {
      @Override
      int end(String text, int at) {
        // A backslash ends whatever word is before it.
        if (at > 0 && isWord(text.charAt(at - 1)) && text.charAt(at) != '\\') {
          return at;
        }
        int count = 0;
        int end = at;
        while (true) {
          int next = byteEnd(text, end);
          if (next < 0) {
            return count >= 8 ? end : at;
          }
          count++;
          end = next;
        }
      }
    },
    /** 8 or more Unicode escapes in a row. */
    UNICODE_ESCAPES("Unicode escapes") {
      @Override
      int end(String text, int at) {
        int end = at;
        while (text.startsWith("\\u", end) && areHex(text, end + 2, 4)) {
          end += 6;
        }
        return end - at >= 48 ? end : at;
      }
    };

    private final String words;

    Form(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    /** Returns where a stretch that begins here ends; here, where none does. */
    abstract int end(String text, int at);
  }

  EncodedData {
    var copy = new EnumMap<Form, Integer>(Form.class);
    copy.putAll(longest);
    longest = Collections.unmodifiableMap(copy);
  }

  static EncodedData in(String text) {
    var longest = new EnumMap<Form, Integer>(Form.class);
    var encoded = new BitSet();
    for (Form form : Form.values()) {
      int at = 0;
      while (at < text.length()) {
        int end = form.end(text, at);
        if (end > at) {
          longest.merge(form, end - at, Math::max);
          encoded.set(at, end);
          at = end;
        } else {
          at = form == Form.BASE64 ? skipBase64(text, at) : at + 1;
        }
      }
    }
    return new EncodedData(longest, encoded.cardinality());
  }

  /** A stretch that is too short is passed as a whole: no later part of it is longer. */
  private static int skipBase64(String text, int at) {
    int end = at;
    while (end < text.length() && isBase64(text.charAt(end))) {
      end++;
    }
    return Math.max(end, at + 1);
  }

  private static int byteEnd(String text, int at) {
    int digits = at;
    if (text.startsWith("0x", at) || text.startsWith("\\x", at)) {
      digits += 2;
    }
    if (!areHex(text, digits, 2)) {
      return -1;
    }
    int end = digits + 2;
    if (end < text.length() && isWord(text.charAt(end))) {
      return -1;
    }
    if (end < text.length() && text.charAt(end) == ',') {
      end++;
    }
    while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean areHex(String text, int at, int count) {
    if (at + count > text.length()) {
      return false;
    }
    for (int i = at; i < at + count; i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  private static boolean isBase64(char c) {
    return isAlphanumeric(c) || c == '+' || c == '/' || c == '=' || c == '\n';
  }

  private static boolean isWord(char c) {
    return isAlphanumeric(c) || c == '_';
  }

  private static boolean isAlphanumeric(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }
}
