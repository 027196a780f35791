package org.seedwright.pipelines.teacher;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long to wait before another try: full jitter (Amazon's "Exponential Backoff And Jitter"),
 * uniform between nothing and a bound that doubles from {@code first} up to {@code longest}.
 *
 * @param attempts tries in all, 1 or more
 * @param first bound before the second try
 * @param longest largest bound; also the most that a server's Retry-After is obeyed
 */
public record Backoff(int attempts, Duration first, Duration longest) implements Serializable {
  /** Six tries over up to a minute and a half. */
  public static final Backoff DEFAULT =
      new Backoff(6, Duration.ofSeconds(2), Duration.ofSeconds(60));

  /** No second try. */
  public static final Backoff ONCE = new Backoff(1, Duration.ZERO, Duration.ZERO);

  public Backoff {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more, but was " + attempts);
    }
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "back-off must be 0 <= first <= longest, but was %s and %s".formatted(first, longest));
    }
  }

  /** The bound on the wait after this many failed tries (1 or more). */
  Duration bound(int failed) {
    Duration bound = first;
    for (int i = 1; i < failed && bound.compareTo(longest) < 0; i++) {
      bound = bound.multipliedBy(2);
    }
    return bound.compareTo(longest) < 0 ? bound : longest;
  }
}
