package org.seedwright.evolve.seed;

/**
 * How much of a text is data in a text encoding, after the three regular expressions of StarCoder2
 * (arXiv 2402.19173), read without backtracking.
 *
 * @param longest characters of the longest stretch
 * @param total characters of all stretches
 */
record EncodedData(int longest, long total) {
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
        if (at > 0 && isWord(text.charAt(at - 1))) {
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

  static EncodedData in(String text, Form form) {
    int longest = 0;
    long total = 0;
    int at = 0;
    while (at < text.length()) {
      int end = form.end(text, at);
      if (end > at) {
        longest = Math.max(longest, end - at);
        total += end - at;
        at = end;
      } else {
        at = form == Form.BASE64 ? skipBase64(text, at) : at + 1;
      }
    }
    return new EncodedData(longest, total);
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
