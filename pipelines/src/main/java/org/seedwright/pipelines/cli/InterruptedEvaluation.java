package org.seedwright.pipelines.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.evaluation.Workbench;

/**
 * The end of an evaluation that a signal came to: no program starts any more, those that run are
 * awaited for up to 10 s and stored, and the others are dropped. A stage that was not finished is
 * as if never begun.
 */
final class InterruptedEvaluation implements Runnable {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Output output;
  private volatile Optional<Workbench> bench = Optional.empty();
  private volatile Optional<Engine> engine = Optional.empty();

  InterruptedEvaluation(Output output) {
    this.output = output;
  }

  /** Names where programs run from now on. */
  void drains(Workbench running) {
    bench = Optional.of(running);
  }

  /** Names whose job is cancelled where it runs elsewhere. */
  void cancels(Engine running) {
    engine = Optional.of(running);
  }

  @Override
  public void run() {
    if (bench.isEmpty()) {
      output.progress("interrupted: no program has run; run the same command again");
      return;
    }
    if (engine.isPresent() && engine.get().isElsewhere()) {
      output.progress("interrupted: the job is cancelled");
      engine.get().cancel();
      output.progress(
          "what its workers ran in it is not kept, earlier stages are; run the same command again to"
              + " go on");
      return;
    }
    output.progress(
        "interrupted: no further program starts; waiting up to %d s for those that run"
            .formatted(LONGEST.toSeconds()));
    int dropped = 0;
    try {
      dropped = bench.get().drain(LONGEST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (dropped > 0) {
      output.progress("%d programs had not ended and were dropped".formatted(dropped));
    }
    output.progress(
        bench.get().keeps()
            ? String.format(
                Locale.ROOT,
                "what came of %,d programs is stored; run the same command again to go on",
                bench.get().executed())
            : "nothing of what ran is kept with --no-reuse; run the same command again to begin anew");
  }
}
