package org.seedwright.pipelines.cli;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.seedwright.pipelines.teacher.AnswerCounts;

/** Says from time to time how many replies a stage has. */
final class Progress implements AutoCloseable {
  private static final long SECONDS = 5;

  private final ScheduledExecutorService clock;

  private Progress(ScheduledExecutorService clock) {
    this.clock = clock;
  }

  /**
   * Begins to tell.
   *
   * @param counts what was answered in this process
   * @param money what the run has spent so far, for the end of the line
   */
  static Progress start(
      String stage,
      Supplier<AnswerCounts> counts,
      LongSupplier expected,
      Supplier<String> money,
      Output output) {
    var clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    AnswerCounts before = counts.get();
    long expectedBefore = expected.getAsLong();
    long start = System.nanoTime();
    var unused =
        clock.scheduleAtFixedRate(
            () ->
                output.progress(
                    line(
                        stage,
                        before,
                        counts.get(),
                        expected.getAsLong() - expectedBefore,
                        (System.nanoTime() - start) / 1e9,
                        money.get())),
            SECONDS,
            SECONDS,
            TimeUnit.SECONDS);
    return new Progress(clock);
  }

  /**
   * Returns the line.
   *
   * @param expected requests of the steps that the stage has begun; a later one is not in it yet
   * @param money what the run has spent; empty where there is nothing to say
   */
  static String line(
      String stage,
      AnswerCounts before,
      AnswerCounts now,
      long expected,
      double seconds,
      String money) {
    String end = money.isEmpty() ? "" : "; " + money;
    long hits = now.storeHits() - before.storeHits();
    long calls = now.paidCalls() - before.paidCalls();
    if (expected == 0) {
      return String.format(Locale.ROOT, "%-14s %.0f s%s", stage, seconds, end);
    }
    double rate = (hits + calls) / seconds;
    long left = expected - hits - calls - (now.failed() - before.failed());
    return String.format(
        Locale.ROOT,
        "%-14s %.0f s, %,d of %,d replies (%,d from the store, %,d calls), %.1f a second%s%s",
        stage,
        seconds,
        hits + calls,
        expected,
        hits,
        calls,
        rate,
        rate == 0 ? "" : String.format(Locale.ROOT, ", %.0f s left in this step", left / rate),
        end);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
