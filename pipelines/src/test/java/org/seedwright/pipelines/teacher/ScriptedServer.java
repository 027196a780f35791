package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A loopback server that answers chat completions as a test wants, and keeps what it was asked. */
final class ScriptedServer implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** Answers the n-th exchange, from 1. */
  interface Script {
    void answer(int n, JsonNode request, HttpExchange exchange) throws Exception;
  }

  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();
  final List<Headers> headers = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  ScriptedServer(Script script) {
    this("/v1/chat/completions", script);
  }

  /**
   * @param path what is asked elsewhere is answered with 404
   */
  ScriptedServer(String path, Script script) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(pool);
    server.createContext(
        path,
        exchange -> {
          int now = open.incrementAndGet();
          mostOpen.accumulateAndGet(now, Math::max);
          try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            requests.add(request);
            headers.add(exchange.getRequestHeaders());
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            script.answer(count.incrementAndGet(), request, exchange);
          } catch (IOException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          } finally {
            open.decrementAndGet();
          }
        });
    server.start();
  }

  /** Always the same body with status 200. */
  static ScriptedServer saying(String body) {
    return new ScriptedServer((n, request, exchange) -> send(exchange, 200, body));
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** A completion as OpenAI sends it. */
  static String completion(String text) {
    return completion(Map.of("role", "assistant", "content", text), "stop");
  }

  static String completion(Map<String, ?> message, String finishReason) {
    try {
      return JSON.writeValueAsString(
          Map.of(
              "id",
              "chatcmpl-1",
              "object",
              "chat.completion",
              "created",
              1700000000,
              "model",
              "teacher-1-0613",
              "system_fingerprint",
              "fp_1",
              "choices",
              List.of(Map.of("index", 0, "message", message, "finish_reason", finishReason)),
              "usage",
              Map.of("prompt_tokens", 11, "completion_tokens", 7, "total_tokens", 18)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI baseUrl() {
    return address("/v1");
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  int asked() {
    return count.get();
  }

  int mostOpen() {
    return mostOpen.get();
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
