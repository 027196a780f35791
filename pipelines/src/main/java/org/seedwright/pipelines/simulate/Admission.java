package org.seedwright.pipelines.simulate;

import java.time.Duration;
import java.util.Optional;

/** Lets requests through as the limits say, over a clock that its caller reads. */
final class Admission {
  /** Pacing clients are never exact to the millisecond: a tenth of a second's worth at once. */
  private static final double BURST_SECONDS = 0.1;

  private static final double LEAST_BURST = 2;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ServerLimits limits;
  private final Optional<Bucket> requests;
  private final Optional<Bucket> tokens;

  /**
   * A request that is not let through.
   *
   * @param limit the option that says so
   * @param after which there may be room
   */
  record Refusal(String limit, Duration after) {}

  Admission(ServerLimits limits, long nanos) {
    this.limits = limits;
    this.requests =
        limits
            .requestsPerSecond()
            .map(rate -> new Bucket(rate, Math.max(LEAST_BURST, rate * BURST_SECONDS), nanos));
    this.tokens = limits.tokensPerMinute().map(minute -> new Bucket(minute / 60.0, minute, nanos));
  }

  /**
   * Asks for one request.
   *
   * @param open requests in the server, without this one
   */
  Optional<Refusal> enter(long tokensAsked, int open, long nanos) {
    if (limits.maxOpen().isPresent() && open >= limits.maxOpen().get()) {
      return Optional.of(new Refusal("max-open", SOON));
    }
    if (requests.isPresent() && !requests.get().holds(1, nanos)) {
      return Optional.of(new Refusal("requests-per-second", requests.get().until(1, nanos)));
    }
    if (tokens.isPresent() && !tokens.get().holds((double) tokensAsked, nanos)) {
      return Optional.of(
          new Refusal("tokens-per-minute", tokens.get().until((double) tokensAsked, nanos)));
    }
    requests.ifPresent(bucket -> bucket.take(1));
    tokens.ifPresent(bucket -> bucket.take((double) tokensAsked));
    return Optional.empty();
  }

  RetryAfter retryAfter() {
    return limits.retryAfter();
  }
}
