package org.seedwright.pipelines.simulate;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a length of time as people write it: {@code 200ms}, {@code 1.5s}. */
public final class Span {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)(ms|s)?");

  private Span() {}

  /**
   * Returns the duration of a text; a bare number is milliseconds.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Duration parse(String option, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "%s must be a time such as 200ms or 1.5s, but was '%s'".formatted(option, text));
    }
    int digits = "s".equals(form.group(2)) ? 9 : 6;
    return Duration.ofNanos(new BigDecimal(form.group(1)).movePointRight(digits).longValue());
  }
}
