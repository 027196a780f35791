package org.seedwright.pipelines.teacher;

/**
 * Tells refusals that come at any rate, as those of a server that is busy with others, from those
 * of a limit: a limit lets calls through that are sent well below the rate that it refused last. A
 * client that took every refusal for its own doing would slow down without end, and be refused as
 * often.
 */
final class StrayRefusals {
  /** The most that is put down to others, as a part of all calls. */
  private static final double MOST = 0.05;

  /** Calls of which the refused ones are held against it. */
  private static final int CALLS = 200;

  /** What part of the calls at a low rate is refused. */
  private static final class Share {
    private final int calls;
    private final int enough;
    private final int least;
    private int sent;
    private int refused;
    private double part;

    /**
     * @param calls at a low rate by which the part is told
     * @param enough so many refusals, each apart from others, are more than it takes to find a
     *     limit meanwhile
     * @param least the calls that so many refusals are a part of at least, before all are made
     */
    Share(int calls, int enough, int least) {
      this.calls = calls;
      this.enough = enough;
      this.least = least;
    }

    void sent() {
      if (++sent == calls) {
        part = refused >= enough ? (double) refused / calls : part / 2;
        sent = 0;
        refused = 0;
      }
    }

    void refused() {
      if (++refused == enough) {
        part = Math.max(part, (double) refused / Math.max(sent, least));
      }
    }
  }

  /** Finds many soon. */
  private final Share many = new Share(400, 4, 4);

  /** Finds few, with time. */
  private final Share few = new Share(3000, 6, 2000);

  private double calls;
  private double refused;

  /**
   * A call is sent.
   *
   * @param low whether well below the rate that was refused last
   */
  void sent(boolean low) {
    if (low) {
      many.sent();
      few.sent();
    }
    if (++calls > CALLS) {
      calls /= 2;
      refused /= 2;
    }
  }

  /** A call was refused. */
  void refused(boolean low) {
    refused++;
    if (low) {
      many.refused();
      few.refused();
    }
  }

  /** Whether so many refusals were to be expected at a low rate too. */
  boolean explainAll() {
    double expected = calls * Math.min(MOST, Math.max(many.part, few.part));
    return expected > 0 && refused <= expected + 2 * Math.sqrt(expected) + 1;
  }

  /** The rate was cut: what was refused before it was answered by that. */
  void cut() {
    calls = 0;
    refused = 0;
  }
}
