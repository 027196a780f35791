package org.seedwright.pipelines.rows;

import java.util.Optional;

/**
 * Which row of a cluster stays: the one with the highest rank, of equal ones the one whose id comes
 * first in the order of the ids' SHA-256.
 *
 * @param rule what the rank is
 * @param column for the two rules that read one
 */
public record Keep(Rule rule, Optional<String> column) {
  /** What is preferred. */
  public enum Rule {
    /** The most characters in the compared columns. */
    LONGEST,
    /** The fewest. */
    SHORTEST,
    /** The highest number in a column; rows without one come last. */
    HIGHEST,
    /** The lowest. */
    LOWEST,
    /** No preference. */
    ANY
  }

  public Keep {
    if (column.isPresent() != (rule == Rule.HIGHEST || rule == Rule.LOWEST)) {
      throw new IllegalArgumentException("highest and lowest name a column, the others none");
    }
  }

  /**
   * Reads {@code longest}, {@code shortest}, {@code any}, {@code highest:COLUMN} or {@code
   * lowest:COLUMN}.
   */
  public static Keep parse(String text) {
    int colon = text.indexOf(':');
    Optional<String> column = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
    String word = colon < 0 ? text : text.substring(0, colon);
    for (Rule rule : Rule.values()) {
      boolean named = rule == Rule.HIGHEST || rule == Rule.LOWEST;
      if (rule.name().equalsIgnoreCase(word)
          && column.filter(name -> !name.isEmpty()).isPresent() == named) {
        return new Keep(rule, column);
      }
    }
    throw new IllegalArgumentException(
        "keep must be longest, shortest, any, highest:COLUMN or lowest:COLUMN, but was '%s'"
            .formatted(text));
  }

  double rank(Row row, long characters) {
    return switch (rule) {
      case LONGEST -> characters;
      case SHORTEST -> -characters;
      case HIGHEST -> number(row, 1);
      case LOWEST -> number(row, -1);
      case ANY -> 0;
    };
  }

  private double number(Row row, int sign) {
    return column
        .flatMap(row::number)
        .filter(value -> !value.isNaN())
        .map(value -> sign * value)
        .orElse(Double.NEGATIVE_INFINITY);
  }

  @Override
  public String toString() {
    String word = rule.name().toLowerCase(java.util.Locale.ROOT);
    return column.map(name -> word + ":" + name).orElse(word);
  }
}
