package org.seedwright.pipelines.cli;

import java.time.Duration;
import org.seedwright.pipelines.teacher.Answering;

/**
 * What SIGINT and SIGTERM do to a run: nothing new is sent, open replies are awaited for up to 30 s
 * and stored, and the process ends with exit 130.
 */
final class Interrupt {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Thread hook;

  private Interrupt(Thread hook) {
    this.hook = hook;
  }

  static Interrupt draining(Answering answering, RunReport report) {
    var hook =
        new Thread(
            () -> {
              report.interrupted();
              long open = 0;
              try {
                open = answering.drain(LONGEST);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              report.drained(open);
              // exit() would wait for this very hook.
              Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            },
            "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interrupt(hook);
  }

  /** Gives signals back to the system; waits for the end of the process if one came before. */
  void close() {
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
