package org.seedwright.pipelines.store;

/**
 * What tries at requests cost, or may cost.
 *
 * @param tokens of prompts and replies together, 0 or more
 * @param nanoUsd billionths of a dollar, rounded up for each try; 0 or more, and 0 where no price
 *     is known
 */
public record Cost(long tokens, long nanoUsd) {
  /** Nothing. */
  public static final Cost FREE = new Cost(0, 0);

  public Cost {
    if (tokens < 0 || nanoUsd < 0) {
      throw new IllegalArgumentException(
          "a cost must be 0 or more, but was %d tokens and %d nano-dollars"
              .formatted(tokens, nanoUsd));
    }
  }

  /** Returns the sum of both; one that is too large to count stays the largest there is. */
  public Cost plus(Cost other) {
    return new Cost(sum(tokens, other.tokens), sum(nanoUsd, other.nanoUsd));
  }

  /**
   * Returns what is left after a part is taken away, and nothing where the part is larger: sums
   * that were too large to count have lost what they were made of.
   */
  Cost minus(Cost part) {
    return new Cost(Math.max(0, tokens - part.tokens), Math.max(0, nanoUsd - part.nanoUsd));
  }

  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
