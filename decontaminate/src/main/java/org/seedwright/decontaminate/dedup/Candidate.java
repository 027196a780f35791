package org.seedwright.decontaminate.dedup;

import java.util.Comparator;

/**
 * A row as far as the choice among duplicates needs it.
 *
 * @param id the row's id
 * @param round evolution rounds behind the row, from 0
 * @param key the key that duplicates share, such as {@link ExactKey}
 */
public record Candidate(String id, int round, String key) {
  /**
   * The first of a cluster in this order represents it: the lowest round, since an evolved row that
   * says the same as a simpler one adds nothing; then the smallest id, which any machine sees
   * alike.
   */
  public static final Comparator<Candidate> REPRESENTATIVE_FIRST =
      Comparator.comparingInt(Candidate::round).thenComparing(Candidate::id);

  public Candidate {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a duplicate candidate has no id");
    }
    if (round < 0) {
      throw new IllegalArgumentException(
          "row %s: round must be 0 or more, but was %d".formatted(id, round));
    }
  }
}
