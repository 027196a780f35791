package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stops pressing a server that is down: after some failures in a row, over all calls, single probes
 * with growing pauses are all that is sent. Any answer ends that.
 */
final class Circuit {
  private static final int FEWEST_FAILURES = 5;
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);

  private final long giveUpAfter;
  private int failures;
  private long since;
  private boolean open;
  private boolean probing;
  private long pause;
  private long probeAt;

  Circuit(Duration giveUpAfter) {
    this.giveUpAfter = giveUpAfter.toNanos();
  }

  /** Whether only probes are sent. */
  boolean isOpen() {
    return open;
  }

  /** How long to wait before the next probe; only while {@link #isOpen}. */
  long nanosUntilProbe(long now) {
    return probing ? Flow.UNTIL_A_SLOT_ENDS : Math.max(0, probeAt - now);
  }

  void probe() {
    probing = true;
  }

  /** A probe ended, whatever came of it. */
  void probed() {
    probing = false;
  }

  void answered() {
    failures = 0;
    open = false;
  }

  /**
   * A call failed as those to a server that is down do.
   *
   * @param limit on the calls open at once: that many may fail together under too much load
   * @return how long it has been down, if that is too long
   */
  Optional<Duration> failed(long now, boolean probe, int limit) {
    if (failures++ == 0) {
      since = now;
    }
    if (!open && failures >= Math.max(FEWEST_FAILURES, limit)) {
      open = true;
      pause = FIRST_PAUSE;
      probeAt = now + pause;
    } else if (open && probe) {
      if (now - since >= giveUpAfter) {
        return Optional.of(Duration.ofNanos(now - since));
      }
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
      // The last probe is not later than the end of the patience.
      probeAt = Math.min(now + pause, since + giveUpAfter);
    }
    return Optional.empty();
  }
}
