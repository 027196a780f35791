package org.seedwright.pipelines.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** How a 429 says when to ask again. */
public enum RetryAfter {
  NONE,
  SECONDS,
  DATE;

  /** RFC 9110 §5.6.7; {@code RFC_1123_DATE_TIME} would write single digits of the day. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Stable name for options and scripts. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the header's value: whole seconds, at least 1, and never before the wait is over. */
  Optional<String> value(Duration wait, Instant now) {
    return switch (this) {
      case NONE -> Optional.empty();
      case SECONDS ->
          Optional.of(Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
      case DATE -> Optional.of(HTTP_DATE.format(now.plus(wait).plusMillis(999)));
    };
  }
}
