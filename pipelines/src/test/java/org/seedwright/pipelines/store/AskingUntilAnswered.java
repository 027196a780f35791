package org.seedwright.pipelines.store;

import static org.seedwright.pipelines.store.Requests.ended;
import static org.seedwright.pipelines.store.Requests.request;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Child process of a test: one of several that answer the same requests on one store. It asks a
 * server for each request that it could open, and waits for those that others have open.
 */
final class AskingUntilAnswered {
  static final int THREADS = 4;
  static final int CAP = 100;

  private AskingUntilAnswered() {}

  public static void main(String[] arguments) throws Exception {
    URI server = URI.create(arguments[1]);
    int requests = Integer.parseInt(arguments[2]);
    int first = Integer.parseInt(arguments[3]);
    var client = HttpClient.newHttpClient();
    var threads = Executors.newFixedThreadPool(THREADS);
    try (ResponseStore store =
        PostgresResponseStore.open(
            PostgresAddress.parse(arguments[0]), "shared", Budget.NONE, InstantSource.system())) {
      var answered = new ArrayList<Future<?>>();
      for (int i = 0; i < requests; i++) {
        TeacherRequest request = request("shared " + (first + i) % requests);
        answered.add(threads.submit(asking(store, client, server, request)));
      }
      for (Future<?> each : answered) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Boolean> asking(
      ResponseStore store, HttpClient client, URI server, TeacherRequest request) {
    return () -> {
      while (true) {
        Opening opening = store.open(request, CAP, new Cost(10, 1), Channel.CALL);
        if (opening instanceof Opening.Answered) {
          return true;
        }
        if (opening instanceof Opening.Opened opened) {
          var post =
              HttpRequest.newBuilder(server)
                  .POST(HttpRequest.BodyPublishers.ofString(request.key()))
                  .build();
          String text = client.send(post, HttpResponse.BodyHandlers.ofString()).body();
          store.stored(opened.call(), ended(request, text, 5, CAP), new Cost(5, 1));
          return true;
        }
        Thread.sleep(20);
      }
    };
  }

  static List<String> arguments(PostgresAddress store, URI server, int requests, int first) {
    return List.of(
        store.url(), server.toString(), Integer.toString(requests), Integer.toString(first));
  }
}
