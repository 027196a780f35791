package org.seedwright.pipelines.cli;

import java.util.Locale;

/** Numbers for people. */
final class Sizes {
  private static final String[] UNITS = {"B", "kB", "MB", "GB"};

  private Sizes() {}

  /** Returns a count with its thousands apart. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns a number of bytes in units of 1,000. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
