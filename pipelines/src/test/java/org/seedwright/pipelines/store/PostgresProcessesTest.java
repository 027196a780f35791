package org.seedwright.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seedwright.pipelines.store.Requests.request;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Four processes that answer the same requests on one store, with a server that counts. */
@EnabledIfSystemProperty(
    named = "seedwright.test.postgres",
    matches = "true",
    disabledReason = "run with -Ppostgres")
class PostgresProcessesTest {
  private static final int PROCESSES = 4;
  private static final int REQUESTS = 500;

  private final Map<String, AtomicInteger> received = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();
  private final CountDownLatch half = new CountDownLatch(REQUESTS / 2);
  private final ExecutorService pool = Executors.newFixedThreadPool(16);
  private final List<Process> children = new ArrayList<>();
  private PostgresServer database;
  private HttpServer teacher;
  private URI uri;
  private PostgresAddress store;

  @BeforeEach
  void start() throws Exception {
    database = PostgresServer.start();
    store = database.database();
    teacher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    teacher.setExecutor(pool);
    teacher.createContext(
        "/",
        exchange -> {
          String key = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.computeIfAbsent(key, each -> new AtomicInteger()).incrementAndGet();
          int number = all.incrementAndGet();
          half.countDown();
          pause();
          byte[] text = ("reply %d".formatted(number)).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    teacher.start();
    uri = URI.create("http://127.0.0.1:%d/".formatted(teacher.getAddress().getPort()));
  }

  /** Long enough that a process is killed with requests open. */
  private static void pause() {
    try {
      Thread.sleep(30);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() throws Exception {
    children.forEach(Process::destroyForcibly);
    if (teacher != null) {
      teacher.stop(0);
    }
    pool.shutdownNow();
    if (database != null) {
      database.close();
    }
  }

  private void startChildren() throws Exception {
    for (int i = 0; i < PROCESSES; i++) {
      var command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx96m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  AskingUntilAnswered.class.getName()));
      // Half of them begin elsewhere, so that they meet in new requests and in answered ones.
      command.addAll(AskingUntilAnswered.arguments(store, uri, REQUESTS, i % 2 * (REQUESTS / 3)));
      children.add(new ProcessBuilder(command).inheritIO().start());
    }
  }

  private static void awaitEnd(Process child) throws Exception {
    assertThat(child.waitFor(5, TimeUnit.MINUTES)).as("ended").isTrue();
    assertThat(child.exitValue()).isZero();
  }

  private void assertAllAnswered(ResponseStore opened) {
    assertThat(IntStream.range(0, REQUESTS))
        .allMatch(
            i -> opened.find(request("shared " + i).key(), AskingUntilAnswered.CAP).isPresent());
  }

  @Test
  void noRequestIsSentTwiceByFourProcesses() throws Exception {
    startChildren();
    for (Process child : children) {
      awaitEnd(child);
    }
    assertThat(received).hasSize(REQUESTS);
    assertThat(received.values()).allMatch(times -> times.get() == 1);
    try (ResponseStore opened = open()) {
      assertAllAnswered(opened);
      assertThat(opened.inDoubt()).isEmpty();
      assertThat(opened.account())
          .isEqualTo(new Account(new Cost(5L * REQUESTS, REQUESTS), Cost.FREE));
    }
  }

  @Test
  void afterAKillOnlyTheOpenRequestsOfTheKilledAreSentAgain() throws Exception {
    startChildren();
    assertThat(half.await(5, TimeUnit.MINUTES)).as("half of the requests were sent").isTrue();
    children.get(0).toHandle().destroyForcibly();
    for (Process child : children.subList(1, PROCESSES)) {
      awaitEnd(child);
    }
    assertThat(received).hasSize(REQUESTS);
    long repeats = all.get() - REQUESTS;
    try (ResponseStore opened = open()) {
      assertAllAnswered(opened);
      List<String> doubtful = opened.inDoubt().stream().map(InDoubt::key).toList();
      assertThat(doubtful).hasSizeLessThanOrEqualTo(AskingUntilAnswered.THREADS);
      assertThat(repeats).isLessThanOrEqualTo(doubtful.size());
      received.forEach(
          (key, times) -> {
            if (times.get() > 1) {
              assertThat(doubtful).contains(key);
            }
          });
      assertThat(opened.account().reserved())
          .as("what is in doubt stays reserved")
          .isEqualTo(new Cost(10L * doubtful.size(), doubtful.size()));
    }
  }

  private ResponseStore open() {
    return PostgresResponseStore.open(store, "shared", Budget.NONE, InstantSource.system());
  }
}
