package org.seedwright.analysis;

/** A value of an {@link Answer}. */
public sealed interface Cell {
  /**
   * A whole number.
   *
   * @param value the number
   */
  record Count(long value) implements Cell {}

  /**
   * A share, a mean or a quotient.
   *
   * @param value finite
   */
  record Quotient(double value) implements Cell {}

  /**
   * A name or a text.
   *
   * @param text as it stands in the tables
   */
  record Word(String text) implements Cell {}

  /** No value: there is none, or the stages that are finished cannot say. */
  enum Absent implements Cell {
    ABSENT
  }
}
