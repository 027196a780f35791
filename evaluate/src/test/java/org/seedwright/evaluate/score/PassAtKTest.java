package org.seedwright.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PassAtKTest {
  /** Counts every choice of k out of n: those that hold none of the c that passed are misses. */
  @Property(tries = 300)
  void theEstimateIsTheShareOfChoicesThatHoldAPass(
      @ForAll @IntRange(min = 1, max = 12) int n,
      @ForAll @IntRange(max = 12) int passed,
      @ForAll @IntRange(min = 1, max = 12) int wanted) {
    int c = Math.min(n, passed);
    int k = Math.min(n, wanted);
    long choices = 0;
    long hits = 0;
    for (int set = 0; set < 1 << n; set++) {
      if (Integer.bitCount(set) == k) {
        choices++;
        if ((set & ((1 << c) - 1)) != 0) {
          hits++;
        }
      }
    }
    assertThat(PassAtK.estimate(n, c, k)).isCloseTo((double) hits / choices, within(1e-12));
  }

  @Property(tries = 300)
  void largeCountsAgreeWithExactBinomials(
      @ForAll @IntRange(min = 1, max = 2000) int n,
      @ForAll @IntRange(max = 2000) int passed,
      @ForAll @IntRange(min = 1, max = 2000) int wanted) {
    int c = Math.min(n, passed);
    int k = Math.min(n, wanted);
    double misses =
        new BigDecimal(binomial(n - c, k))
            .divide(new BigDecimal(binomial(n, k)), MathContext.DECIMAL128)
            .doubleValue();
    assertThat(PassAtK.estimate(n, c, k)).isCloseTo(1 - misses, within(1e-10)).isBetween(0.0, 1.0);
  }

  @Property(tries = 200)
  void oneMorePassOrOneMoreTryNeverLowersIt(
      @ForAll @IntRange(min = 2, max = 400) int n, @ForAll @IntRange(max = 399) int passed) {
    int c = Math.min(n - 1, passed);
    for (int k = 1; k < n; k += 1 + n / 7) {
      assertThat(PassAtK.estimate(n, c + 1, k)).isGreaterThanOrEqualTo(PassAtK.estimate(n, c, k));
      assertThat(PassAtK.estimate(n, c, k + 1) + 1e-12)
          .isGreaterThanOrEqualTo(PassAtK.estimate(n, c, k));
    }
  }

  @Example
  void pass1IsTheShareThatPassed() {
    assertThat(PassAtK.estimate(20, 7, 1)).isCloseTo(0.35, within(1e-15));
    assertThat(PassAtK.estimate(1, 0, 1)).isZero();
    assertThat(PassAtK.estimate(1, 1, 1)).isOne();
  }

  @Example
  void countsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> PassAtK.estimate(5, 6, 1)).hasMessage("c must be 0 to 5, but was 6");
    assertThatThrownBy(() -> PassAtK.estimate(5, 1, 6)).hasMessage("k must be 1 to 5, but was 6");
    assertThatThrownBy(() -> PassAtK.estimate(0, 0, 1))
        .hasMessage("n must be 1 or more, but was 0");
  }

  private static BigInteger binomial(int n, int k) {
    if (k > n) {
      return BigInteger.ZERO;
    }
    BigInteger value = BigInteger.ONE;
    for (int i = 1; i <= k; i++) {
      value = value.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return value;
  }
}
