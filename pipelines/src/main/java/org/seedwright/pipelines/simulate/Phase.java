package org.seedwright.pipelines.simulate;

import java.time.Duration;
import java.util.Optional;

/**
 * A part of a script: conditions for a number of requests or for a time.
 *
 * @param requests how many requests are received in it, 1 or more
 * @param lasts how long it lasts, above 0
 */
public record Phase(Optional<Long> requests, Optional<Duration> lasts, Conditions conditions) {

  public Phase {
    if (requests.isPresent() == lasts.isPresent()) {
      throw new IllegalArgumentException("needs either 'requests' or 'seconds'");
    }
    if (requests.isPresent() && requests.get() < 1) {
      throw new IllegalArgumentException("requests must be 1 or more, but was " + requests.get());
    }
    if (lasts.isPresent() && (lasts.get().isNegative() || lasts.get().isZero())) {
      throw new IllegalArgumentException("seconds must be above 0, but was " + lasts.get());
    }
    if (conditions.down().equals(Optional.of(Down.REFUSED)) && requests.isPresent()) {
      throw new IllegalArgumentException(
          "'down: refused' receives no request: give 'seconds' instead of 'requests'");
    }
  }

  /** Conditions for the next so many requests. */
  public static Phase ofRequests(long requests, Conditions conditions) {
    return new Phase(Optional.of(requests), Optional.empty(), conditions);
  }

  /** Conditions for a time. */
  public static Phase ofTime(Duration lasts, Conditions conditions) {
    return new Phase(Optional.empty(), Optional.of(lasts), conditions);
  }
}
