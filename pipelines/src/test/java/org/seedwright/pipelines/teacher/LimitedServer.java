package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import org.seedwright.pipelines.teacher.SimulatedCalls.Outcome;
import org.seedwright.pipelines.teacher.SimulatedCalls.Server;

/**
 * A server that lets a rate through, in virtual time, and refuses the rest.
 *
 * @param shape how it counts
 * @param rate calls a second
 * @param latency nanoseconds until a reply
 * @param refusal nanoseconds until a refusal
 * @param retryAfter what a refusal asks for
 */
record LimitedServer(
    Shape shape, int rate, long latency, long refusal, Optional<Duration> retryAfter) {
  private static final long SECOND = SimulatedCalls.SECOND;

  enum Shape {
    /** A bucket that holds a second's worth. */
    BUCKET,
    /** A bucket that holds a tenth of it. */
    SMALL_BUCKET,
    /** A bucket that holds a fiftieth of it: evenly spaced calls only. */
    NO_BUCKET,
    /** So many within any second. */
    SLIDING_SECOND,
    /** So many from one full second to the next. */
    CLOCK_SECOND,
    /** So many within any minute; its Retry-After says when there is room. */
    SLIDING_MINUTE
  }

  Server start() {
    return switch (shape) {
      case BUCKET -> bucket(rate);
      case SMALL_BUCKET -> bucket(rate / 10.0);
      case NO_BUCKET -> bucket(rate / 50.0);
      case SLIDING_SECOND -> sliding(SECOND);
      case CLOCK_SECOND -> clockSecond();
      case SLIDING_MINUTE -> sliding(60 * SECOND);
    };
  }

  private Outcome answer(boolean letThrough, Optional<Duration> after) {
    return letThrough
        ? Outcome.reply(latency)
        : new Outcome(refusal, Optional.of(FailureKind.RATE_LIMIT), after, 0);
  }

  private Server bucket(double size) {
    double burst = Math.max(2, size);
    return new Server() {
      private double tokens = burst;
      private long last;

      @Override
      public Outcome at(long now, int open) {
        tokens = Math.min(burst, tokens + (double) rate * (now - last) / SECOND);
        last = now;
        boolean letThrough = tokens >= 1;
        tokens -= letThrough ? 1 : 0;
        return answer(letThrough, retryAfter);
      }
    };
  }

  private Server sliding(long width) {
    return new Server() {
      private final ArrayDeque<Long> passed = new ArrayDeque<>();

      @Override
      public Outcome at(long now, int open) {
        while (!passed.isEmpty() && now - passed.peek() >= width) {
          passed.remove();
        }
        if (passed.size() < rate * (width / SECOND)) {
          passed.add(now);
          return answer(true, retryAfter);
        }
        long room = width - (now - passed.peek());
        return answer(false, retryAfter.map(asked -> Duration.ofSeconds(1 + room / SECOND)));
      }
    };
  }

  private Server clockSecond() {
    return new Server() {
      private long second = -1;
      private int passed;

      @Override
      public Outcome at(long now, int open) {
        if (now / SECOND != second) {
          second = now / SECOND;
          passed = 0;
        }
        return answer(passed++ < rate, retryAfter);
      }
    };
  }
}
