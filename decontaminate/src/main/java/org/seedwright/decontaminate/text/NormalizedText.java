package org.seedwright.decontaminate.text;

import java.util.Arrays;

/**
 * A text after {@link Normalizer}, with the way back: any stretch of it can be named as a stretch
 * of the original.
 */
public final class NormalizedText {
  private final String original;
  private final String text;
  private final int[] starts;
  private final int[] ends;

  /** {@code starts[i]} and {@code ends[i]} bound the original of character {@code i} of text. */
  NormalizedText(String original, String text, int[] starts, int[] ends) {
    this.original = original;
    this.text = text;
    this.starts = Arrays.copyOf(starts, text.length());
    this.ends = Arrays.copyOf(ends, text.length());
  }

  /** The text as it came. */
  public String original() {
    return original;
  }

  /** The normal form. */
  public String text() {
    return text;
  }

  /**
   * The smallest stretch of the original whose normal form holds {@code [from, to)} of {@link
   * #text()}. It begins and ends with a character that counts, never with white space. It is larger
   * than asked for only where one original character became several (the ligature U+FB01 became
   * {@code fi}) and the stretch begins or ends among them.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from < to <= text().length()}
   */
  public Span span(int from, int to) {
    if (from < 0 || from >= to || to > text.length()) {
      throw new IndexOutOfBoundsException(
          "stretch [%d,%d) is not within the %d normalised characters"
              .formatted(from, to, text.length()));
    }
    return new Span(starts[from], ends[to - 1]);
  }
}
