package org.seedwright.pipelines.cli;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.seedwright.pipelines.teacher.AnswerCounts;
import org.seedwright.pipelines.teacher.Answering;

/** Says from time to time how many replies a stage has. */
final class Progress implements AutoCloseable {
  private static final long SECONDS = 5;

  private final ScheduledExecutorService clock;

  private Progress(ScheduledExecutorService clock) {
    this.clock = clock;
  }

  static Progress start(String stage, Answering answering, Output output) {
    var clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    AnswerCounts before = answering.counts();
    long start = System.nanoTime();
    var unused =
        clock.scheduleAtFixedRate(
            () -> say(stage, before, answering.counts(), System.nanoTime() - start, output),
            SECONDS,
            SECONDS,
            TimeUnit.SECONDS);
    return new Progress(clock);
  }

  private static void say(
      String stage, AnswerCounts before, AnswerCounts now, long nanos, Output output) {
    long calls = now.paidCalls() - before.paidCalls();
    output.progress(
        String.format(
            Locale.ROOT,
            "%-14s %.0f s, %,d replies from the store, %,d calls answered, %.1f a second",
            stage,
            nanos / 1e9,
            now.storeHits() - before.storeHits(),
            calls,
            calls / (nanos / 1e9)));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
