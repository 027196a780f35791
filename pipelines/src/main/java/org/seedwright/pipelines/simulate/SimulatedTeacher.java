package org.seedwright.pipelines.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.pipelines.simulate.PromptReader.Read;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.TeacherRequest;

/**
 * A loopback server that speaks the OpenAI chat protocol and answers each of our prompts with a
 * reply made up from the request alone: the same request has the same reply, in any order, on any
 * day. It serves only models whose name begins with {@value #MODEL_PREFIX}, so that its replies are
 * never stored under a real model's name, and its fingerprint marks what is made of them.
 *
 * <p>Tokens are characters divided by four, rounded up: the messages' contents for the input, the
 * whole text for the output, which is cut at the request's cap.
 */
public final class SimulatedTeacher implements AutoCloseable {
  public static final String MODEL_PREFIX = "simulated";
  public static final String FINGERPRINT = "seedwright-simulated-1";

  private static final String DEFAULT_MODEL = "simulated-1";
  private static final int CHARACTERS_PER_TOKEN = 4;

  /** What OpenAI's servers allow when a request names no cap. */
  private static final int DEFAULT_CAP = 4096;

  private static final int LARGEST_REQUEST = 16 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final SimulatorOptions options;
  private final ExchangeLog log;
  private final PromptReader prompts = new PromptReader();
  private final AtomicLong sequence = new AtomicLong();

  private SimulatedTeacher(
      HttpServer server, ThreadPoolExecutor threads, SimulatorOptions options, ExchangeLog log) {
    this.server = server;
    this.threads = threads;
    this.options = options;
    this.log = log;
  }

  /**
   * Starts the server on the loopback address.
   *
   * @param port 0 for any that is free
   * @throws IOException when the port is taken or the log cannot be written
   */
  public static SimulatedTeacher start(int port, SimulatorOptions options) throws IOException {
    // The JDK's server waits 40 ms before each small body, and closes connections beyond 200 idle
    // ones, unless told so before its first use.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "4096");
    ExchangeLog log = ExchangeLog.to(options.log());
    HttpServer server;
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    } catch (IOException e) {
      log.close();
      throw e;
    }
    var threads =
        new ThreadPoolExecutor(
            options.threads(),
            options.threads(),
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "simulated-teacher");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
    var teacher = new SimulatedTeacher(server, threads, options, log);
    server.createContext("/v1/chat/completions", exchange -> teacher.handle(exchange, "POST"));
    server.createContext("/v1/models", exchange -> teacher.handle(exchange, "GET"));
    server.createContext("/", exchange -> teacher.handle(exchange, ""));
    server.start();
    return teacher;
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Address for a teacher's {@code base-url}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort()));
  }

  /** How many chat requests were received. */
  public long received() {
    return sequence.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    log.close();
  }

  private void handle(HttpExchange exchange, String method) throws IOException {
    try (exchange) {
      if (method.isEmpty()) {
        send(exchange, Response.error(404, "not_found", "there is no " + path(exchange)));
      } else if (!exchange.getRequestMethod().equals(method)) {
        send(exchange, Response.error(405, "method_not_allowed", "use " + method));
      } else if (method.equals("GET")) {
        send(exchange, models());
      } else {
        send(exchange, chat(exchange));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String path(HttpExchange exchange) {
    return exchange.getRequestURI().getPath();
  }

  private record Response(int status, JsonNode body) {
    static Response error(int status, String code, String message) {
      ObjectNode body = JSON.createObjectNode();
      body.putObject("error")
          .put("message", message)
          .put("type", "invalid_request_error")
          .put("code", code);
      return new Response(status, body);
    }
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    byte[] body = JSON.writeValueAsBytes(response.body());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(response.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private static Response models() {
    ObjectNode body = JSON.createObjectNode().put("object", "list");
    body.putArray("data")
        .addObject()
        .put("id", DEFAULT_MODEL)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "seedwright");
    return new Response(200, body);
  }

  private Response chat(HttpExchange exchange) throws IOException, InterruptedException {
    long number = sequence.incrementAndGet();
    byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
    Response response;
    try {
      if (bytes.length > LARGEST_REQUEST) {
        throw new IllegalArgumentException("the request is too large");
      }
      JsonNode body = JSON.readTree(bytes);
      if (body == null || !body.isObject()) {
        throw new IllegalArgumentException("the request is no JSON object");
      }
      String model = body.path("model").asText();
      response =
          model.startsWith(MODEL_PREFIX)
              ? completion(number, body, request(body))
              : unknownModel(number, model);
    } catch (IOException | IllegalArgumentException e) {
      log.refused(number, 400);
      response = Response.error(400, "invalid_request", String.valueOf(e.getMessage()));
    }
    return response;
  }

  private Response unknownModel(long number, String model) {
    log.refused(number, 404);
    return Response.error(
        404,
        "model_not_found",
        "the simulated teacher serves only models whose name begins with '%s', not '%s'"
            .formatted(MODEL_PREFIX, model));
  }

  /** The request as its sender knows it, so that both know it by the same key. */
  private static TeacherRequest request(JsonNode body) {
    var messages = new ArrayList<Message>();
    for (JsonNode message : body.path("messages")) {
      messages.add(
          new Message(
              Role.valueOf(message.path("role").asText().toUpperCase(Locale.ROOT)),
              message.path("content").asText()));
    }
    var stop = new ArrayList<String>();
    body.path("stop").forEach(text -> stop.add(text.asText()));
    return TeacherRequest.of(
        body.path("model").asText(),
        messages,
        new Decoding(
            number(body, "temperature").map(JsonNode::doubleValue),
            number(body, "top_p").map(JsonNode::doubleValue),
            number(body, "seed").map(JsonNode::longValue),
            stop));
  }

  private static Optional<JsonNode> number(JsonNode body, String field) {
    return Optional.ofNullable(body.get(field)).filter(JsonNode::isNumber);
  }

  private Response completion(long number, JsonNode body, TeacherRequest request)
      throws InterruptedException {
    String key = request.key();
    Read prompt = prompts.read(request.messages());
    Plan plan = Plan.of(key, prompt, options);
    log.received(number, key, plan);
    if (!options.latency().isZero()) {
      TimeUnit.NANOSECONDS.sleep(options.latency().toNanos());
    }
    int cap =
        number(body, "max_tokens")
            .or(() -> number(body, "max_completion_tokens"))
            .map(JsonNode::intValue)
            .orElse(DEFAULT_CAP);
    if (cap < 1) {
      throw new IllegalArgumentException("max_tokens must be 1 or more, but was " + cap);
    }
    Response response = new Response(200, reply(request, key, plan, cap));
    log.answered(number, key, plan, 200);
    return response;
  }

  private static JsonNode reply(TeacherRequest request, String key, Plan plan, int cap) {
    String text = plan.text();
    String finish = "stop";
    long output = tokens(text);
    if (plan.fault().equals(Optional.of(Fault.TRUNCATION))) {
      // Long-winded: whatever the cap, this model would go on beyond it.
      text = text.substring(0, Math.min(text.length() / 2, characters(cap)));
      finish = "length";
      output = cap;
    } else if (output > cap) {
      text = text.substring(0, Math.min(text.length(), characters(cap)));
      finish = "length";
      output = cap;
    }
    ObjectNode reply = JSON.createObjectNode();
    reply.put("id", "chatcmpl-" + key.substring(0, 24)).put("object", "chat.completion");
    reply.put("created", 0).put("model", request.model()).put("system_fingerprint", FINGERPRINT);
    ObjectNode choice = reply.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    if (plan.fault().equals(Optional.of(Fault.REFUSAL))) {
      message.putNull("content").put("refusal", text);
    } else if (plan.fault().equals(Optional.of(Fault.CONTENT_FILTER))) {
      message.put("content", "");
      finish = "content_filter";
      output = 0;
    } else {
      message.put("content", text);
    }
    choice.put("finish_reason", finish);
    long input = request.messages().stream().mapToLong(m -> tokens(m.content())).sum();
    reply
        .putObject("usage")
        .put("prompt_tokens", input)
        .put("completion_tokens", output)
        .put("total_tokens", input + output);
    return reply;
  }

  private static long tokens(String text) {
    return (text.length() + CHARACTERS_PER_TOKEN - 1L) / CHARACTERS_PER_TOKEN;
  }

  private static int characters(int tokens) {
    return (int) Math.min(Integer.MAX_VALUE, (long) tokens * CHARACTERS_PER_TOKEN);
  }
}
