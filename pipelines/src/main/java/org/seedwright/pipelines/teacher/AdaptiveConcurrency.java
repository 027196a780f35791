package org.seedwright.pipelines.teacher;

/**
 * How many calls may be open at once: doubles with every round trip at first, then grows by steps
 * and shrinks by a factor (additive increase, multiplicative decrease) when a good part of the
 * calls fails as those of a server under too much load do. Single failures change nothing: a server
 * that fails a few of all calls does so at any concurrency.
 */
final class AdaptiveConcurrency {
  private static final int FIRST = 64;
  private static final int SMALLEST_ROUND = 10;

  /** Part of a round's calls that must fail; a timeout, which may cost money, counts twice. */
  private static final double OVERLOADED = 0.25;

  private static final int FEWEST_FAILURES = 3;
  private static final double DECREASE = 0.7;

  /** Steps from nothing to the ceiling. */
  private static final int STEPS = 32;

  private final int ceiling;
  private double limit;
  private boolean fast = true;
  private boolean reached;
  private int ended;
  private int failed;
  private long decreased = Long.MIN_VALUE;

  /**
   * @param ceiling the most, 1 or more
   */
  AdaptiveConcurrency(int ceiling) {
    this.ceiling = ceiling;
    this.limit = Math.min(ceiling, FIRST);
  }

  /** The calls that may be open now, 1 to the ceiling. */
  int limit() {
    return (int) limit;
  }

  /**
   * A call is sent.
   *
   * @param open calls that are open with it
   */
  void sent(int open) {
    reached |= open >= limit();
  }

  /**
   * A call was answered.
   *
   * @param sent when it was sent
   */
  void answered(long sent) {
    if (sent < decreased) {
      return;
    }
    // A limit that is not reached is not raised: nobody knows whether the server would bear it.
    if (fast && reached) {
      raise(1);
    }
    if (++ended >= Math.max(SMALLEST_ROUND, limit)) {
      if (!fast && reached) {
        raise(Math.max(1, (double) ceiling / STEPS));
      }
      newRound();
    }
  }

  /** A call failed as under too much load. */
  void failed(long sent, long now, boolean timedOut) {
    if (sent < decreased) {
      // It was sent under a higher limit, which is lowered already.
      return;
    }
    ended++;
    failed += timedOut ? 2 : 1;
    if (failed >= Math.max(FEWEST_FAILURES, OVERLOADED * limit)) {
      limit = Math.max(1, limit * DECREASE);
      fast = false;
      decreased = now;
      newRound();
    } else if (ended >= Math.max(SMALLEST_ROUND, limit)) {
      newRound();
    }
  }

  private void raise(double step) {
    limit = Math.min(ceiling, limit + step);
  }

  private void newRound() {
    ended = 0;
    failed = 0;
    reached = false;
  }
}
