package org.seedwright.evaluate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.benchmark.Fetch.Fetched;

/** Against a server on this machine that speaks ranges and can be told to misbehave. */
class FetchTest {
  private static final byte[] CONTENT = random(200_000);

  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @TempDir private Path folder;
  private HttpServer server;
  private Behaviour behaviour = (exchange, number) -> serve(exchange, CONTENT, CONTENT.length);

  private interface Behaviour {
    void answer(HttpExchange exchange, int number) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          ranges.add(
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse(""));
          try (exchange) {
            behaviour.answer(exchange, ranges.size());
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aFileIsDownloadedOnceAndLeavesNothingBeside() throws IOException {
    assertThat(fetch(file())).isEqualTo(Fetched.DOWNLOADED);
    assertThat(fetch(file())).isEqualTo(Fetched.PRESENT);
    assertThat(ranges).containsExactly("");
    assertThat(folder.resolve("benchmarks/x/x.bin")).hasBinaryContent(CONTENT);
    assertThat(list()).containsExactly("x.bin");
  }

  @Test
  void aBrokenDownloadIsResumedWhereItEnded() throws IOException {
    behaviour =
        (exchange, number) -> serve(exchange, CONTENT, number < 4 ? 40_000 : CONTENT.length);
    assertThat(fetch(file())).isEqualTo(Fetched.DOWNLOADED);
    assertThat(ranges).hasSize(4).startsWith("").last().asString().startsWith("bytes=");
    assertThat(folder.resolve("benchmarks/x/x.bin")).hasBinaryContent(CONTENT);
  }

  @Test
  void whatAnEarlierRunLeftIsGoneOnWith() throws IOException {
    Files.createDirectories(folder.resolve("benchmarks/x"));
    Files.write(folder.resolve("benchmarks/x/x.bin.part"), Arrays.copyOf(CONTENT, 150_000));
    assertThat(fetch(file())).isEqualTo(Fetched.DOWNLOADED);
    assertThat(ranges).containsExactly("bytes=150000-");
    assertThat(folder.resolve("benchmarks/x/x.bin")).hasBinaryContent(CONTENT);
  }

  @Test
  void aRestThatDoesNotFitIsFetchedAnewAsAWhole() throws IOException {
    Files.createDirectories(folder.resolve("benchmarks/x"));
    Files.write(folder.resolve("benchmarks/x/x.bin.part"), new byte[150_000]);
    assertThat(fetch(file())).isEqualTo(Fetched.DOWNLOADED);
    assertThat(ranges).containsExactly("bytes=150000-", "");
    Files.delete(folder.resolve("benchmarks/x/x.bin"));
    Files.write(folder.resolve("benchmarks/x/x.bin.part"), new byte[300_000]);
    assertThat(fetch(file())).isEqualTo(Fetched.DOWNLOADED);
    assertThat(folder.resolve("benchmarks/x/x.bin")).hasBinaryContent(CONTENT);
  }

  @Test
  void aServerWithoutRangesIsReadFromTheStart() throws IOException {
    behaviour =
        (exchange, number) -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, number == 1 ? 50_000 : CONTENT.length);
        };
    assertThat(fetch(file())).isEqualTo(Fetched.DOWNLOADED);
    assertThat(folder.resolve("benchmarks/x/x.bin")).hasBinaryContent(CONTENT);
  }

  @Test
  void wrongBytesAreRefusedAndNotKept() throws IOException {
    byte[] wrong = CONTENT.clone();
    wrong[100_000]++;
    behaviour = (exchange, number) -> serve(exchange, wrong, wrong.length);
    assertThatThrownBy(() -> fetch(file()))
        .isInstanceOf(FetchException.class)
        .hasMessageStartingWith("benchmark x: cannot fetch http://")
        .hasMessageContaining("its sha256 is " + DataFile.digest("SHA-256", wrong))
        .hasMessageEndingWith("pinned to " + DataFile.digest("SHA-256", CONTENT));
    assertThat(ranges).hasSize(1);
    assertThat(folder.resolve("benchmarks/x/x.bin")).doesNotExist();
    assertThat(folder.resolve("benchmarks/x/x.bin.part")).isEmptyFile();
  }

  @Test
  void aServersTroubleIsTriedAgainAndItsRefusalIsNot() throws IOException {
    behaviour =
        (exchange, number) -> {
          if (number < 3) {
            exchange.sendResponseHeaders(503, -1);
          } else {
            serve(exchange, CONTENT, CONTENT.length);
          }
        };
    assertThat(fetch(file())).isEqualTo(Fetched.DOWNLOADED);
    Files.delete(folder.resolve("benchmarks/x/x.bin"));
    ranges.clear();
    behaviour = (exchange, number) -> exchange.sendResponseHeaders(404, -1);
    assertThatThrownBy(() -> fetch(file())).hasMessageEndingWith(": status 404");
    assertThat(ranges).hasSize(1);
  }

  @Test
  void aSilentServerIsGivenUp() {
    behaviour =
        (exchange, number) -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 10);
          exchange.getResponseBody().flush();
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(
            () -> new Fetch(folder, Duration.ZERO, Duration.ofMillis(200)).fetch("x", file()))
        .hasMessageContaining("broken after 10 bytes");
    assertThat(ranges).hasSize(5);
  }

  @Test
  void aPlainFileIsCompressedUnderTheNameItIsLookedForBy() throws IOException {
    String sha256 = DataFile.digest("SHA-256", CONTENT);
    DataFile file = new DataFile("benchmarks/x/x.gz", "0".repeat(64), "here", url(), sha256);
    assertThat(fetch(file)).isEqualTo(Fetched.DOWNLOADED);
    byte[] bytes = Files.readAllBytes(folder.resolve("benchmarks/x/x.gz"));
    assertThat(DataFile.uncompressed(bytes)).isEqualTo(CONTENT);
    assertThat(file.isPinned(bytes)).isTrue();
    assertThat(fetch(file)).isEqualTo(Fetched.PRESENT);
  }

  @Test
  void aGzippedFileOfTheSameContentIsAsGood() throws IOException {
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(other)) {
      gzip.write(CONTENT);
    }
    String sha256 = DataFile.digest("SHA-256", CONTENT);
    DataFile file = new DataFile("x.gz", "0".repeat(64), "here", url(), sha256);
    assertThat(file.isPinned(other.toByteArray())).isTrue();
    assertThat(file.isPinned(Arrays.copyOf(other.toByteArray(), 100))).isFalse();
  }

  @Test
  void aLocalFileOfOtherContentIsLeftAsItIs() throws IOException {
    Files.createDirectories(folder.resolve("benchmarks/x"));
    Path local = Files.writeString(folder.resolve("benchmarks/x/x.bin"), "mine");
    assertThatThrownBy(() -> fetch(file()))
        .hasMessage(
            "benchmark x: %s is not the pinned content; remove it to fetch it again", local);
    assertThat(local).hasContent("mine");
    assertThat(ranges).isEmpty();
  }

  @Test
  void aBenchmarkWithoutAPlaceIsNamed() {
    assertThatThrownBy(
            () ->
                new Fetch(folder, Duration.ZERO, Duration.ofSeconds(1))
                    .fetch(Benchmarks.named("gsm8k")))
        .hasMessageStartingWith("benchmark gsm8k: no place is known to fetch it from; it is ");
  }

  private Fetched fetch(DataFile file) {
    return new Fetch(folder, Duration.ZERO, Duration.ofSeconds(30)).fetch("x", file);
  }

  private DataFile file() {
    String sha256 = DataFile.digest("SHA-256", CONTENT);
    return new DataFile("benchmarks/x/x.bin", sha256, "here", url(), sha256);
  }

  private String url() {
    return "http://%s:%d/x.bin"
        .formatted(
            server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort());
  }

  private List<String> list() throws IOException {
    try (var files = Files.list(folder.resolve("benchmarks/x"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Sends at most so many bytes of what is asked for, though it promises all. */
  private static void serve(HttpExchange exchange, byte[] content, int atMost) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replace("bytes=", "").replace("-", ""));
    if (from >= content.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (range != null) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
    exchange.getResponseBody().write(content, from, Math.min(atMost, content.length - from));
    exchange.getResponseBody().flush();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(5).nextBytes(bytes);
    return bytes;
  }
}
