package org.seedwright.pipelines.store;

import static org.seedwright.pipelines.store.Requests.ended;
import static org.seedwright.pipelines.store.Requests.request;
import static org.seedwright.pipelines.store.Requests.sent;

import java.nio.file.Path;
import java.time.InstantSource;

/** Child process of a test: stores without end and names on stdout each reply that is durable. */
final class StoringUntilKilled {
  private StoringUntilKilled() {}

  public static void main(String[] arguments) throws InterruptedException {
    int threads = 4;
    var store = SqliteResponseStore.open(Path.of(arguments[0]), "killed", InstantSource.system());
    for (int t = 0; t < threads; t++) {
      int thread = t;
      new Thread(
              () -> {
                for (int i = 0; ; i++) {
                  var request = request("%d/%d".formatted(thread, i));
                  var reply = ended(request, "reply ".repeat(200) + i, 300, 1000);
                  store.stored(sent(store, request, 1000), reply, Cost.FREE);
                  synchronized (store) {
                    System.out.println(request.key());
                    System.out.flush();
                  }
                }
              })
          .start();
    }
    Thread.sleep(60_000);
    System.exit(3);
  }
}
