package org.seedwright.pipelines.teacher;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How hard this process may press its teachers; no row depends on it.
 *
 * @param concurrency most calls open at once, over all teachers; 1 or more
 * @param requestsPerMinute most tries sent to a teacher within any minute; 1 or more
 * @param tokensPerMinute most tokens, of prompts and replies together, that the tries of any minute
 *     may cost at a teacher; 1 or more
 * @param giveUpAfter how long a teacher may be down before the run stops; above 0
 */
public record FlowLimits(
    int concurrency,
    OptionalInt requestsPerMinute,
    OptionalLong tokensPerMinute,
    Duration giveUpAfter) {
  /** Long enough for a server to be started again. */
  public static final Duration DEFAULT_GIVE_UP_AFTER = Duration.ofMinutes(3);

  public FlowLimits {
    requireNonNull(requestsPerMinute, "requestsPerMinute is null");
    requireNonNull(tokensPerMinute, "tokensPerMinute is null");
    atLeastOne("concurrency", concurrency);
    atLeastOne("requestsPerMinute", requestsPerMinute.orElse(1));
    atLeastOne("tokensPerMinute", tokensPerMinute.orElse(1));
    if (giveUpAfter.isNegative() || giveUpAfter.isZero()) {
      throw new IllegalArgumentException("giveUpAfter must be above 0, but was " + giveUpAfter);
    }
  }

  /** Gives up on a teacher after {@link #DEFAULT_GIVE_UP_AFTER}. */
  public FlowLimits(int concurrency, OptionalInt requestsPerMinute, OptionalLong tokensPerMinute) {
    this(concurrency, requestsPerMinute, tokensPerMinute, DEFAULT_GIVE_UP_AFTER);
  }

  /** Bounds the calls open at once only. */
  public static FlowLimits concurrency(int concurrency) {
    return new FlowLimits(concurrency, OptionalInt.empty(), OptionalLong.empty());
  }

  /**
   * Returns the share of one of several processes that press the same teachers: together they stay
   * within these limits, unless a limit is below the number of processes, each of which gets 1.
   *
   * @param processes 1 or more
   */
  public FlowLimits share(int processes) {
    return new FlowLimits(
        Math.max(1, concurrency / processes),
        requestsPerMinute.isEmpty()
            ? requestsPerMinute
            : OptionalInt.of(Math.max(1, requestsPerMinute.getAsInt() / processes)),
        tokensPerMinute.isEmpty()
            ? tokensPerMinute
            : OptionalLong.of(Math.max(1, tokensPerMinute.getAsLong() / processes)),
        giveUpAfter);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be 1 or more, but was %d".formatted(name, value));
    }
  }
}
