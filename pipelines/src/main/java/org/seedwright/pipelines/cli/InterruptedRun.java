package org.seedwright.pipelines.cli;

import java.time.Duration;
import java.util.Optional;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.teacher.Answering;

/**
 * The end of a run that a signal came to: nothing new is sent, and open replies are awaited for up
 * to 30 s and stored. What a stage had not published is as if never begun.
 */
final class InterruptedRun implements Runnable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final RunReport report;
  private volatile Optional<Answering> answering = Optional.empty();
  private volatile Optional<Engine> engine = Optional.empty();

  InterruptedRun(RunReport report) {
    this.report = report;
  }

  /** Names who has replies on their way from now on. */
  void drains(Answering asking) {
    answering = Optional.of(asking);
  }

  /** Names whose job is cancelled if it runs elsewhere. */
  void cancels(Engine running) {
    engine = Optional.of(running);
  }

  @Override
  public void run() {
    report.interrupted(answering.isPresent());
    engine.ifPresent(Engine::cancel);
    long open = 0;
    try {
      open = answering.isPresent() ? answering.get().drain(LONGEST) : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    report.drained(open);
  }
}
