package org.seedwright.decontaminate.text;

/**
 * Texts without any white space, and otherwise as they are: case, width and composition count.
 *
 * <p>White space is what Python's {@code str.split} parts words at: Unicode's white space, no-break
 * spaces among it, and the four separators U+001C to U+001F.
 */
public final class WhiteSpace {
  /** Name of this form; it changes whenever the form of any text does. */
  public static final String ID = "spaceless@1";

  private static final int NEXT_LINE = 0x85;

  private WhiteSpace() {}

  /** The text without its white space. */
  public static String removed(String text) {
    var rest = new StringBuilder(text.length());
    // White space has no surrogates.
    for (int i = 0; i < text.length(); i++) {
      if (!isWhiteSpace(text.charAt(i))) {
        rest.append(text.charAt(i));
      }
    }
    return rest.toString();
  }

  private static boolean isWhiteSpace(char character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == NEXT_LINE;
  }
}
