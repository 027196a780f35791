package org.seedwright.evaluate.score;

/**
 * The unbiased estimate of the chance that at least one of k generations passes: equation 1 of Chen
 * et al. 2021, arXiv 2107.03374.
 */
public final class PassAtK {
  private PassAtK() {}

  /**
   * {@code 1 - C(n-c, k) / C(n, k)}, as a product of factors between 0 and 1, so that no binomial
   * coefficient is formed and nothing overflows or cancels.
   *
   * @param n generations of the problem, 1 or more
   * @param c how many of them passed, 0 to n
   * @param k 1 to n
   */
  public static double estimate(int n, int c, int k) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be 1 or more, but was %d".formatted(n));
    }
    if (c < 0 || c > n) {
      throw new IllegalArgumentException("c must be 0 to %d, but was %d".formatted(n, c));
    }
    if (k < 1 || k > n) {
      throw new IllegalArgumentException("k must be 1 to %d, but was %d".formatted(n, k));
    }
    if (n - c < k) {
      return 1;
    }
    double noneOfThem = 1;
    for (int i = n - c + 1; i <= n; i++) {
      noneOfThem *= 1 - (double) k / i;
    }
    return 1 - noneOfThem;
  }
}
