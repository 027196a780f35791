package org.seedwright.evaluate.sandbox;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long, by a clock of this process and whatever happens in a slot. */
final class Watchdog {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private Watchdog() {}

  /** Something that is watched until it is closed. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Runs {@code bite} once after this time, unless the watch was closed before. */
  static Watch after(Duration time, Runnable bite) {
    ScheduledFuture<?> due = CLOCK.schedule(bite, time.toMillis(), TimeUnit.MILLISECONDS);
    return () -> due.cancel(false);
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "sandbox-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }
}
