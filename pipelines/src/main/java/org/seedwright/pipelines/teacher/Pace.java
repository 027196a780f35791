package org.seedwright.pipelines.teacher;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The rate that a server lets through, learned from its refusals (429). Unbounded until the first;
 * then calls are sent evenly spaced at a rate that grows until the next. Every refusal lowers the
 * rate and slows its growth, so that a limit which stays costs few refusals; growth that meets none
 * becomes faster, so that one which rises is found.
 */
final class Pace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A thread that wakes up late may catch up by this much. */
  private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(20);

  /** What remains of the calls that went out in the second before the first refusal. */
  private static final double FIRST_CUT = 0.7;

  /** What remains of a rate that was refused soon after a cut, hence was far too high. */
  private static final double LARGE_CUT = 0.8;

  private static final double SMALL_CUT = 0.95;
  private static final long SOON = SECOND;

  /** Nothing is sent for this long after a large cut: what is refused now teaches nothing. */
  private static final long HOLD = SECOND / 4;

  /** Parts by which the rate grows each second. */
  private static final double FASTEST_GROWTH = 1.5;

  private static final double SLOWEST_GROWTH = 0.001;
  private static final double SLOWER = 0.25;

  /** Growth doubles in this time if nothing is refused. */
  private static final long FASTER_AFTER = 20 * SECOND;

  /** Calls a second, whatever is refused: a server that lets nothing through is asked at times. */
  private static final double SLOWEST = 0.2;

  private double rate = Double.POSITIVE_INFINITY;
  private double growth = FASTEST_GROWTH;
  private long grown;
  private long next;
  private long cut;

  /** When calls were sent during the last second; only before the first refusal. */
  private final ArrayDeque<Long> lastSecond = new ArrayDeque<>();

  /** How long to wait before the next call. */
  long nanosUntilSent(long now) {
    return Double.isInfinite(rate) ? 0 : Math.max(0, next - now);
  }

  void sent(long now) {
    if (Double.isInfinite(rate)) {
      lastSecond.add(now);
      while (now - lastSecond.peek() > SECOND) {
        lastSecond.remove();
      }
    } else {
      grow(now);
      next = Math.max(next, now - SLACK) + (long) (SECOND / rate);
    }
  }

  private void grow(long now) {
    if (now > grown) {
      rate *= 1 + growth * (now - grown) / SECOND;
      growth = Math.min(FASTEST_GROWTH, growth * (1 + (double) (now - grown) / FASTER_AFTER));
      grown = now;
    }
  }

  /** All calls are held back for this long; the time says nothing about the rate. */
  void pause(long now, long nanos) {
    grown = Math.max(grown, now) + nanos;
    cut = Math.max(cut, now) + nanos;
    next = Math.max(next, now + nanos);
  }

  /**
   * A call was refused.
   *
   * @param sentAt when it was sent
   */
  void refused(long sentAt, long now) {
    if (Double.isInfinite(rate)) {
      cut(now, FIRST_CUT * (lastSecond.size() - 1), HOLD);
      lastSecond.clear();
    } else if (sentAt >= cut) {
      // What was sent before the last cut was sent at a rate that is lowered already.
      boolean soon = now - cut < SOON;
      growth = Math.max(SLOWEST_GROWTH, SLOWER * growth);
      cut(now, rate * (soon ? LARGE_CUT : SMALL_CUT), soon ? HOLD : 0);
    }
  }

  private void cut(long now, double newRate, long hold) {
    rate = Math.max(SLOWEST, newRate);
    cut = now;
    grown = now;
    next = Math.max(next, now + (long) (SECOND / rate));
    if (hold > 0) {
      pause(now, hold);
    }
  }
}
