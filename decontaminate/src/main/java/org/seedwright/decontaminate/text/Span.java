package org.seedwright.decontaminate.text;

/**
 * A stretch of a text: {@code start} inclusive, {@code end} exclusive, both UTF-16 offsets as
 * {@link String#substring(int, int)} takes them.
 */
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "span needs 0 <= start <= end, but was [%d,%d)".formatted(start, end));
    }
  }
}
