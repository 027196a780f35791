package org.seedwright.pipelines.teacher;

/**
 * Tells refusals that come at any rate, as those of a server that is busy with others, from those
 * of a limit: a limit lets calls through that are sent well below the rate that it refused last. A
 * client that took every refusal for its own doing would slow down without end, and be refused as
 * often.
 */
final class StrayRefusals {
  /**
   * So many refusals at a low rate, each apart from others, are more than it takes to find a limit.
   */
  private static final int ENOUGH = 4;

  /** The most that is put down to others, as a part of all calls. */
  private static final double MOST = 0.05;

  /** Calls at a low rate by which that part is told. */
  private static final int LOW_CALLS = 400;

  /** Calls of which the refused ones are held against it. */
  private static final int CALLS = 200;

  private double share;
  private int lowCalls;
  private int lowRefused;
  private double calls;
  private double refused;

  /**
   * A call is sent.
   *
   * @param low whether well below the rate that was refused last
   */
  void sent(boolean low) {
    if (low && ++lowCalls == LOW_CALLS) {
      share = lowRefused >= ENOUGH ? (double) lowRefused / lowCalls : share / 2;
      lowCalls = 0;
      lowRefused = 0;
    }
    if (++calls > CALLS) {
      calls /= 2;
      refused /= 2;
    }
  }

  /** A call was refused. */
  void refused(boolean low) {
    refused++;
    if (low && ++lowRefused == ENOUGH) {
      share = Math.max(share, (double) lowRefused / Math.max(lowRefused, lowCalls));
    }
  }

  /** Whether so many refusals were to be expected at a low rate too. */
  boolean explainAll() {
    double expected = calls * Math.min(MOST, share);
    return expected > 0 && refused <= expected + 2 * Math.sqrt(expected) + 1;
  }

  /** The rate was cut: what was refused before it was answered by that. */
  void cut() {
    calls = 0;
    refused = 0;
  }
}
