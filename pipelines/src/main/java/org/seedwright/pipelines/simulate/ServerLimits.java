package org.seedwright.pipelines.simulate;

import java.util.Optional;

/**
 * What the server lets through; beyond, it refuses with 429.
 *
 * @param requestsPerSecond above 0, at most 1,000,000; up to a tenth of a second's worth, and at
 *     least two requests, may come at once
 * @param tokensPerMinute 1 or more, input and output together; up to a minute's worth at once
 * @param maxOpen requests in the server at once, 1 or more
 * @param retryAfter how a refusal says when to ask again
 */
public record ServerLimits(
    Optional<Double> requestsPerSecond,
    Optional<Long> tokensPerMinute,
    Optional<Integer> maxOpen,
    RetryAfter retryAfter) {

  private static final double MOST_REQUESTS = 1e6;

  public ServerLimits {
    requestsPerSecond.ifPresent(
        rate -> {
          if (!(rate > 0 && rate <= MOST_REQUESTS)) {
            throw new IllegalArgumentException(
                "requests-per-second must be above 0, at most 1000000, but was " + rate);
          }
        });
    tokensPerMinute.ifPresent(tokens -> atLeastOne("tokens-per-minute", tokens));
    maxOpen.ifPresent(open -> atLeastOne("max-open", open));
  }

  private static void atLeastOne(String option, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s must be 1 or more, but was %d".formatted(option, value));
    }
  }

  /** Everything is let through. */
  public static ServerLimits none() {
    return new ServerLimits(Optional.empty(), Optional.empty(), Optional.empty(), RetryAfter.NONE);
  }

  /** The same with a rate. */
  public ServerLimits withRequestsPerSecond(double rate) {
    return new ServerLimits(Optional.of(rate), tokensPerMinute, maxOpen, retryAfter);
  }

  /** The same with an allowance of tokens. */
  public ServerLimits withTokensPerMinute(long tokens) {
    return new ServerLimits(requestsPerSecond, Optional.of(tokens), maxOpen, retryAfter);
  }

  /** The same with a bound on what is open at once. */
  public ServerLimits withMaxOpen(int open) {
    return new ServerLimits(requestsPerSecond, tokensPerMinute, Optional.of(open), retryAfter);
  }

  /** The same with refusals that say when to ask again, or do not. */
  public ServerLimits withRetryAfter(RetryAfter other) {
    return new ServerLimits(requestsPerSecond, tokensPerMinute, maxOpen, other);
  }
}
