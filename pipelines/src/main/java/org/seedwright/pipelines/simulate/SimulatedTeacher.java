package org.seedwright.pipelines.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.seedwright.pipelines.simulate.http.Connection;
import org.seedwright.pipelines.simulate.http.EventLoop;
import org.seedwright.pipelines.simulate.http.HttpPort;
import org.seedwright.pipelines.simulate.http.HttpReply;
import org.seedwright.pipelines.simulate.http.HttpRequest;

/**
 * A loopback server that speaks the OpenAI chat protocol and answers each of our prompts with a
 * reply made up from the request alone: the same request has the same reply, in any order, on any
 * day. It serves only models whose name begins with {@value #MODEL_PREFIX}, so that its replies are
 * never stored under a real model's name, and its fingerprint marks what is made of them.
 *
 * <p>What befalls a reply on its way is decided for each try of a request, from the seed, the
 * request's key and how often that request was let in before. One thread serves all connections.
 */
public final class SimulatedTeacher implements AutoCloseable {
  public static final String MODEL_PREFIX = "simulated";
  public static final String FINGERPRINT = "seedwright-simulated-1";

  static final String DEFAULT_MODEL = "simulated-1";

  private final EventLoop loop;
  private final HttpPort port;
  private final SimulatorOptions options;
  private final ExchangeLog log;
  private final Teaching teaching;
  private final Delivery delivery;
  private final Course course;
  private final AtomicLong sequence = new AtomicLong();

  /** How often each request was let in. */
  private final Map<String, Integer> tries = new HashMap<>();

  private int open;

  private SimulatedTeacher(EventLoop loop, int number, SimulatorOptions options, ExchangeLog log)
      throws IOException {
    this.loop = loop;
    this.options = options;
    this.log = log;
    this.teaching = options.canned() ? new Canned() : new Improvising(options);
    this.delivery = new Delivery(loop, log, options.dripEvery(), InstantSource.system());
    this.course = new Course(options.conditions(), options.script(), System.nanoTime());
    this.port = HttpPort.of(loop, number, this::serve);
  }

  /**
   * Starts the server on the loopback address.
   *
   * @param port 0 for any that is free
   * @throws IOException when the port is taken or the log cannot be written
   */
  public static SimulatedTeacher start(int port, SimulatorOptions options) throws IOException {
    ExchangeLog log = ExchangeLog.to(options.log());
    EventLoop loop = EventLoop.start("simulated-teacher");
    try {
      var teacher = new SimulatedTeacher(loop, port, options, log);
      teacher.port.start();
      return teacher;
    } catch (IOException e) {
      loop.close();
      log.close();
      throw e;
    }
  }

  /** Address for a teacher's {@code base-url}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:%d/v1".formatted(port.number()));
  }

  /** How many chat requests were received. */
  public long received() {
    return sequence.get();
  }

  @Override
  public void close() {
    loop.close();
    log.close();
  }

  private void serve(Connection connection, HttpRequest request) {
    String method =
        switch (request.path()) {
          case "/v1/chat/completions" -> "POST";
          case "/v1/models" -> "GET";
          default -> "";
        };
    if (method.isEmpty()) {
      send(connection, Delivery.error(404, "not_found", "there is no " + request.path()));
    } else if (!request.method().equals(method)) {
      send(connection, Delivery.error(405, "method_not_allowed", "use " + method));
    } else if (method.equals("GET")) {
      send(connection, models());
    } else {
      chat(connection, request);
    }
  }

  private static void send(Connection connection, HttpReply reply) {
    connection.write(reply.whole(), connection::done);
  }

  private static HttpReply models() {
    ObjectNode body = new ObjectMapper().createObjectNode().put("object", "list");
    body.putArray("data")
        .addObject()
        .put("id", DEFAULT_MODEL)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "seedwright");
    return Delivery.ok(ReplyBody.bytes(body));
  }

  private void chat(Connection connection, HttpRequest request) {
    long number = sequence.incrementAndGet();
    long now = System.nanoTime();
    if (course.arrive(now)) {
      follow(now);
    }
    boolean keyMissing =
        options.requiredKey().isPresent()
            && !options.requiredKey().get().isIn(request.header("authorization"));
    if (keyMissing) {
      refuse(connection, number, Delivery.error(401, "invalid_api_key"), "bad-key");
    } else {
      try {
        Said said = teaching.reply(request.body());
        log.received(number, Optional.of(said));
        admit(new Exchange(number, said, connection, log, () -> open--), now);
      } catch (RefusedCallException e) {
        refuse(
            connection,
            number,
            Delivery.error(e.status(), e.code(), e.getMessage()),
            e.status() == 404 ? "unknown-model" : "bad-request");
      }
    }
    turn();
  }

  /** What has no key is no try. */
  private void refuse(Connection connection, long number, HttpReply reply, String fault) {
    log.received(number, Optional.empty());
    log.failed(number, Optional.empty(), Optional.of(reply.status()), fault, false);
    send(connection, reply);
  }

  private void admit(Exchange exchange, long now) {
    int before = open++;
    Conditions conditions = course.conditions();
    if (conditions.down().isPresent()) {
      switch (conditions.down().get()) {
        case REFUSED, RESET -> delivery.reset(exchange, "down");
        case UNAVAILABLE -> delivery.refuse(exchange, Delivery.error(503, "unavailable"), "down");
      }
      return;
    }
    Said said = exchange.said();
    Optional<Admission.Refusal> refusal =
        course.admission().enter(said.inputTokens() + said.outputTokens(), before, now);
    if (refusal.isPresent()) {
      delivery.refuse(
          exchange,
          delivery.tooMany(course.admission().retryAfter(), refusal.get().after()),
          refusal.get().limit());
    } else {
      letIn(exchange, conditions);
    }
  }

  private void letIn(Exchange exchange, Conditions conditions) {
    // A canned reply belongs to no request, so each one is its own.
    String key = exchange.said().about().map(Said.About::key).orElse("canned-" + exchange.number());
    int attempt = exchange.said().about().isPresent() ? tries.merge(key, 1, Integer::sum) : 1;
    Optional<TransportFault> fault = conditions.fault(options.seed(), key, attempt);
    Runnable work =
        fault.isPresent()
            ? () -> delivery.fail(exchange, fault.get())
            : () -> delivery.answer(exchange);
    Duration wait = conditions.wait(options.seed(), key, attempt);
    if (wait.isZero()) {
      work.run();
    } else {
      loop.after(wait, work);
    }
  }

  private void turn() {
    long now = System.nanoTime();
    if (course.turn(now)) {
      follow(now);
    }
  }

  /** Does what the phase that begins asks for, and comes back at its end. */
  private void follow(long now) {
    if (course.conditions().down().equals(Optional.of(Down.REFUSED))) {
      port.shut();
    } else {
      try {
        port.reopen();
      } catch (IOException e) {
        throw new UncheckedIOException("the port was taken while the server was down", e);
      }
    }
    course.remaining(now).ifPresent(rest -> loop.after(rest, this::turn));
  }
}
