package org.seedwright.pipelines.execution;

import java.nio.file.Path;

/** Child process of a test: stores without end and names on stdout each outcome that is kept. */
final class StoringOutcomesUntilKilled {
  private StoringOutcomesUntilKilled() {}

  /** The execution that a thread stores as its so-manieth. */
  static String name(int thread, int number) {
    return "%d/%d".formatted(thread, number);
  }

  public static void main(String[] arguments) throws InterruptedException {
    var store = ExecutionStore.open(Path.of(arguments[0]));
    for (int t = 0; t < 4; t++) {
      int thread = t;
      new Thread(
              () -> {
                for (int i = 0; ; i++) {
                  store.store(
                      Outcomes.key(name(thread, i)),
                      Outcomes.ENVIRONMENT,
                      Outcomes.wrong(i % 1000, name(thread, i)));
                  synchronized (store) {
                    System.out.println(name(thread, i));
                    System.out.flush();
                  }
                }
              })
          .start();
    }
    Thread.sleep(120_000);
    System.exit(3);
  }
}
