package org.seedwright.pipelines.cli;

/**
 * What SIGINT and SIGTERM do to a command: it ends in order, with exit 130.
 *
 * @param <E> what has to be done at that end
 */
final class Interrupt<E extends Runnable> implements AutoCloseable {
  private final E end;
  private final Thread hook;

  private Interrupt(E end) {
    this.end = end;
    this.hook = new Thread(this::inOrder, "interrupt");
  }

  /** From now on a signal has this done, and then ends the process. */
  static <E extends Runnable> Interrupt<E> ending(E end) {
    var interrupt = new Interrupt<>(end);
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  /** What is done then. */
  E end() {
    return end;
  }

  private void inOrder() {
    try {
      end.run();
    } finally {
      // exit() would wait for this very hook.
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
  }

  /** Gives signals back to the system; waits for the end of the process if one came before. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came first: the hook ends the process once all is in order, so wait for it.
      try {
        hook.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
