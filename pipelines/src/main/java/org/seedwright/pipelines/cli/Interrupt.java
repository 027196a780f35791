package org.seedwright.pipelines.cli;

import java.time.Duration;
import java.util.Optional;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.teacher.Answering;

/**
 * What SIGINT and SIGTERM do to a run: nothing new is sent, open replies are awaited for up to 30 s
 * and stored, and the process ends with exit 130.
 */
final class Interrupt implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Thread hook;
  private volatile Optional<Answering> answering = Optional.empty();
  private volatile Optional<Engine> engine = Optional.empty();

  private Interrupt(RunReport report) {
    this.hook = new Thread(() -> end(report), "interrupt");
  }

  /** From now on a signal ends the process; what a stage had not published is as if never begun. */
  static Interrupt ending(RunReport report) {
    var interrupt = new Interrupt(report);
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  /** Names who has replies on their way from now on. */
  void drains(Answering asking) {
    answering = Optional.of(asking);
  }

  /** Names whose job is cancelled if it runs elsewhere. */
  void cancels(Engine running) {
    engine = Optional.of(running);
  }

  private void end(RunReport report) {
    report.interrupted(answering.isPresent());
    engine.ifPresent(Engine::cancel);
    long open = 0;
    try {
      open = answering.isPresent() ? answering.get().drain(LONGEST) : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    report.drained(open);
    // exit() would wait for this very hook.
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }

  /** Gives signals back to the system; waits for the end of the process if one came before. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came first: the hook ends the process once replies are stored, so wait for it.
      try {
        hook.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
