package org.seedwright.pipelines.cli;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.seedwright.pipelines.evaluation.Workbench;
import org.seedwright.pipelines.run.PlannedStage;
import org.seedwright.pipelines.run.RunListener;
import org.seedwright.pipelines.run.StageOutcome;

/** Says how an evaluation goes on. */
final class EvaluationProgress implements RunListener, AutoCloseable {
  private static final long SECONDS = 5;

  private final Workbench bench;
  private final Output output;
  private final ScheduledExecutorService clock;
  private final Set<String> told = new HashSet<>();
  private volatile String stage = "";

  EvaluationProgress(Workbench bench, Output output) {
    this.bench = bench;
    this.output = output;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        clock.scheduleAtFixedRate(
            () -> output.progress("%-10s %s".formatted(stage, counts())),
            SECONDS,
            SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public void started(PlannedStage planned) {
    stage = planned.stage().name();
  }

  @Override
  public void finished(StageOutcome outcome) {
    if (!told.add(outcome.folder())) {
      return;
    }
    output.progress(
        String.format(
            Locale.ROOT,
            "%-10s %,d rows, %s",
            outcome.manifest().stage(),
            outcome.manifest().units().out(),
            outcome.reused() ? "reused" : "computed"));
  }

  /** Says what ran in all. */
  void said() {
    output.progress(counts());
  }

  private String counts() {
    return String.format(
        Locale.ROOT, "%,d programs ran, %,d were known", bench.executed(), bench.reused());
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
