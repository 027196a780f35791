package org.seedwright.pipelines.run;

/**
 * A number that is known or bounded.
 *
 * @param most at least 0
 * @param exact whether it is {@code most} and not less
 */
public record Amount(long most, boolean exact) {
  /** Nothing, for sure. */
  public static final Amount NONE = exactly(0);

  /** A number of which nothing is known before it is counted; shown as such. */
  public static final Amount UNKNOWN = atMost(1_000_000_000);

  /** Tells whether nothing is known of it. */
  public boolean unknown() {
    return !exact && most >= UNKNOWN.most;
  }

  /** Returns the number so many times. */
  Amount times(int factor) {
    return unknown() ? this : new Amount(most * factor, exact);
  }

  static Amount exactly(long number) {
    return new Amount(number, true);
  }

  static Amount atMost(long number) {
    return new Amount(number, false);
  }

  /** Returns the sum of both, which is exact if both are. */
  public Amount plus(Amount other) {
    return new Amount(most + other.most, exact && other.exact);
  }

  /** Returns the number bounded by a limit that more may fall short of. */
  Amount atMostOf(long limit) {
    return atMost(Math.min(most, limit));
  }
}
