package org.seedwright.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loopback server that says what {@link Scripts#good} says, in the words of five services, at the
 * paths where each expects it. The first call of all is refused with 429.
 */
final class ServiceServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final AtomicInteger calls = new AtomicInteger();

  ServiceServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(pool);
    server.createContext("/", this::serve);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
  }

  int calls() {
    return calls.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      if (calls.incrementAndGet() == 1) {
        exchange.getResponseHeaders().set("Retry-After", "0.01");
        send(exchange, 429, "{}");
        return;
      }
      send(exchange, 200, reply(exchange.getRequestURI().getPath(), request));
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String reply(String path, JsonNode request) throws JsonProcessingException {
    String model = request.path("model").asText();
    String gemini = "/gemini/models/";
    if (path.startsWith(gemini)) {
      String role = path.substring(gemini.length(), path.indexOf(":generateContent"));
      JsonNode contents = request.path("contents");
      String said =
          Scripts.good(
              role, contents.path(contents.size() - 1).path("parts").path(0).path("text").asText());
      return json(
          Map.of(
              "candidates",
              List.of(
                  Map.of(
                      "content",
                      Map.of("role", "model", "parts", List.of(Map.of("text", said))),
                      "finishReason",
                      "STOP")),
              "usageMetadata",
              Map.of("promptTokenCount", 10, "candidatesTokenCount", 10),
              "modelVersion",
              role));
    }
    JsonNode messages = request.path("messages");
    JsonNode last = messages.path(messages.size() - 1).path("content");
    String prompt = last.isTextual() ? last.asText() : last.path(0).path("text").asText();
    String said = Scripts.good(model, prompt);
    return switch (path) {
      case "/openai/chat/completions", "/mistral/chat/completions" ->
          json(
              Map.of(
                  "model",
                  model,
                  "choices",
                  List.of(
                      Map.of(
                          "index",
                          0,
                          "finish_reason",
                          "stop",
                          "message",
                          Map.of("role", "assistant", "content", said))),
                  "usage",
                  Map.of("prompt_tokens", 10, "completion_tokens", 10, "total_tokens", 20)));
      case "/anthropic/messages" ->
          json(
              Map.of(
                  "model",
                  model,
                  "content",
                  List.of(Map.of("type", "text", "text", said)),
                  "stop_reason",
                  "end_turn",
                  "usage",
                  Map.of("input_tokens", 10, "output_tokens", 10)));
      case "/ollama/api/chat" ->
          json(
              Map.of(
                  "model",
                  model,
                  "message",
                  Map.of("role", "assistant", "content", said),
                  "done",
                  true,
                  "done_reason",
                  "stop",
                  "prompt_eval_count",
                  10,
                  "eval_count",
                  10));
      default -> throw new IllegalArgumentException(path);
    };
  }

  private static String json(Object value) throws JsonProcessingException {
    return JSON.writeValueAsString(value);
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
