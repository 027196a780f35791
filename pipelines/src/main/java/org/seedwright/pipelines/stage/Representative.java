package org.seedwright.pipelines.stage;

import java.util.List;
import org.seedwright.evolve.instruct.Sample;

/**
 * Which sample of a cluster of near-duplicates stays; of equal ones that whose id has the smallest
 * SHA-256.
 */
public enum Representative {
  /** The one with the fewest rounds of evolution behind it. */
  LOWEST_ROUND("lowest-round"),
  /** The one with the most. */
  HIGHEST_ROUND("highest-round"),
  /** The one with the most characters in the compared columns, in UTF-16 units. */
  LONGEST("longest"),
  /** The one with the fewest. */
  SHORTEST("shortest"),
  /** No preference. */
  ANY("any");

  private final String id;

  Representative(String id) {
    this.id = id;
  }

  /** The kebab-case name of this rule, in experiments and fingerprints. */
  public String id() {
    return id;
  }

  /** The sample's place among those of its cluster: the one of the lowest stays. */
  long rank(Sample sample, List<String> compared) {
    return switch (this) {
      case LOWEST_ROUND -> sample.round();
      case HIGHEST_ROUND -> -sample.round();
      case LONGEST -> -characters(compared);
      case SHORTEST -> characters(compared);
      case ANY -> 0;
    };
  }

  private static long characters(List<String> texts) {
    return texts.stream().mapToLong(String::length).sum();
  }
}
