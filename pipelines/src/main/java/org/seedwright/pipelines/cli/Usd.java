package org.seedwright.pipelines.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Dollars for people and programs. */
final class Usd {
  private static final int NANO_DECIMALS = 9;

  private Usd() {}

  /** Returns dollars with cents; with more decimals below ten dollars, rounded up. */
  static String text(long nanoUsd) {
    int decimals = nanoUsd >= 10_000_000_000L || nanoUsd == 0 ? 2 : nanoUsd >= 10_000_000 ? 4 : 6;
    return String.format(
        Locale.ROOT, "%,." + decimals + "f", exact(nanoUsd).setScale(decimals, RoundingMode.UP));
  }

  /** Returns dollars to the last billionth, as a number of JSON. */
  static BigDecimal exact(long nanoUsd) {
    BigDecimal usd = BigDecimal.valueOf(nanoUsd, NANO_DECIMALS).stripTrailingZeros();
    return usd.scale() < 0 ? usd.setScale(0) : usd;
  }
}
