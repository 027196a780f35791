package org.seedwright.pipelines.teacher;

import java.util.concurrent.TimeUnit;

/**
 * The rate that a server lets through, learned from its refusals (429): CUBIC (RFC 9438), with
 * calls a second in place of a window.
 *
 * <p>Starts slowly; every reply speeds it up, the more the sooner it came. The first refusal sets
 * the rate well below the refused one, every further one a little. From there the rate comes back
 * fast, lingers at a plateau just below what was refused, and then looks beyond it, ever faster: a
 * limit that stays costs a refusal a minute, and one that rises is found. Refusals of calls that
 * were sent before the last cut teach nothing, so that one congestion is one cut. Where even the
 * first calls after a cut are refused, the server wants rest: single calls, at growing distances,
 * ask whether it had enough.
 *
 * <p>Refusals that come below the limit as well ({@link StrayRefusals}) do not count.
 *
 * <p>Only calls that had to wait for the pace count as time in which it was tried out: a client
 * that is held up elsewhere learns nothing.
 */
final class Pace {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A thread that wakes up late may catch up by this much. */
  private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(20);

  /** Calls a second at the start. */
  private static final double FIRST = 16;

  /** What a reply adds to the rate at the start: calls a second, and calls a round trip. */
  private static final double FASTER = 2;

  private static final double FASTER_BY_ROUND_TRIP = 0.05;

  /** What remains of the rate that was refused first: while it was told, the rate grew. */
  private static final double FIRST_CUT = 0.5;

  /** Seconds of waiting for that refusal that lower the rate by as much again. */
  private static final double LATE = 0.65;

  /** Where the rate lingers after that, as a part of the refused one. */
  private static final double FIRST_PLATEAU = 0.82;

  /** Later cuts, as parts of the rate: the sooner after the one before, the larger. */
  private static final double SMALLEST_CUT = 0.04;

  private static final double LARGEST_CUT = 0.234;
  private static final double CUT_BY_SECONDS = 0.63;

  /** How far below the refused rate it lingers then, as a part of the cut. */
  private static final double BELOW = 0.28;

  /** Seconds from the plateau until the rate has doubled; while it is being found, and then. */
  private static final double FINDING = 24;

  private static final double KEEPING = 70;

  /** A refusal within so many seconds of full pace after a cut: the rate is not found yet. */
  private static final double SOON = 0.4;

  /** The limit has risen where this many times the plateau is let through. */
  private static final double RISEN = 1.25;

  /** Seconds without calls after a cut; so many times more with each refusal in a row. */
  private static final double REST = 0.1;

  private static final double LONGER = 4;
  private static final double LONGEST_REST = 16;

  /** Calls after a cut whose refusal says nothing of the rate. */
  private static final int TOO_FEW = 2;

  /** Calls a second, whatever is refused. */
  private static final double SLOWEST = 0.2;

  /**
   * What a call was sent with.
   *
   * @param number of calls since the last cut
   * @param alone whether nothing else is sent until it ended
   * @param low whether the rate was well below the one refused last
   */
  record Stamp(double rate, int number, boolean alone, boolean low) {}

  /** Well below the rate that was refused last, as a part of it. */
  private static final double LOW = 0.96;

  /** Calls since a cut after which a refusal is not of the congestion that was cut. */
  private static final int APART = 12;

  private final StrayRefusals strays = new StrayRefusals();
  private double rate = FIRST;
  private boolean starting = true;
  private double plateau;
  private double refusedRate;
  private double scale;
  private double secondsToPlateau;

  /** Seconds at full pace since the last cut. */
  private double tried;

  /** When the last call was sent, or should have been. */
  private long last = Long.MIN_VALUE / 2;

  private long sent;
  private boolean waited;
  private long cut = Long.MIN_VALUE / 2;
  private int number;
  private int refusedInRow;
  private boolean awaited;

  /** How long to wait before the next call. */
  long nanosUntilSent(long now) {
    return awaited ? Flow.UNTIL_A_SLOT_ENDS : Math.max(0, next() - now);
  }

  private long next() {
    return last + (long) (SECOND / rate);
  }

  Stamp sent(long now) {
    long next = next();
    waited = next > now - SLACK / 2;
    if (waited && !starting) {
      tried += Math.min((now - sent) / SECOND, 2 / rate);
      rate = plateau * (1 + Math.pow((tried - secondsToPlateau) / scale, 3));
      starting = rate > RISEN * plateau;
    }
    last = Math.max(next, now - SLACK);
    sent = now;
    awaited = refusedInRow > 1;
    boolean low = rate < LOW * refusedRate;
    strays.sent(low);
    return new Stamp(rate, number++, awaited, low);
  }

  /** Nothing is sent before then, and nothing is caught up with. */
  void rest(long until) {
    last = Math.max(last, until);
  }

  /**
   * A call was answered.
   *
   * @param sentAt when it was sent
   */
  void answered(long sentAt, long now) {
    if (starting && waited) {
      rate += FASTER + FASTER_BY_ROUND_TRIP * SECOND / Math.max(1, now - sentAt);
    }
    if (sentAt >= cut) {
      refusedInRow = 0;
    }
  }

  /**
   * A call was refused.
   *
   * @param sentAt when it was sent
   */
  void refused(Stamp call, long sentAt, long now) {
    if (sentAt < cut) {
      return;
    }
    strays.refused(call.low && call.number >= APART);
    if (strays.explainAll()) {
      return;
    }
    if (starting) {
      scale = FINDING;
      double late = 1 + (now - sentAt) / SECOND / LATE;
      cut(call.rate, call.rate * FIRST_CUT / late, call.rate * FIRST_PLATEAU);
    } else if (call.number < TOO_FEW) {
      refusedInRow++;
    } else {
      scale = tried < SOON ? FINDING : KEEPING;
      double part = Math.max(SMALLEST_CUT, Math.min(LARGEST_CUT, CUT_BY_SECONDS / tried));
      cut(call.rate, call.rate * (1 - part), call.rate * (1 - part * BELOW));
    }
    cut = now;
    number = 0;
    double rest = Math.min(LONGEST_REST, REST * Math.pow(LONGER, refusedInRow - 1));
    rest(now + (long) (rest * SECOND));
  }

  private void cut(double refused, double to, double newPlateau) {
    starting = false;
    refusedRate = refused;
    rate = Math.max(SLOWEST, to);
    plateau = Math.max(rate, newPlateau);
    secondsToPlateau = scale * Math.cbrt(1 - rate / plateau);
    tried = 0;
    refusedInRow = 1;
    strays.cut();
  }

  /** What came of a call was told, or nothing did. */
  void ended(Stamp call) {
    if (call.alone) {
      awaited = false;
    }
  }
}
