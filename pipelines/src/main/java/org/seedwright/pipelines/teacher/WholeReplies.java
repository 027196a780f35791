package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * LangChain4j's HTTP client, so that a reply is whole or a failure of a known kind. Its own ends
 * the time limit with the headers, reads bodies of any size, and puts replacement characters where
 * bytes are no UTF-8; this one bounds the whole exchange in time and size and refuses such bytes.
 * It keeps {@code Retry-After}, which LangChain4j drops.
 */
final class WholeReplies implements Exchange {
  private static final int SHOWN_CHARACTERS = 300;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]+)?");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Threads that parse what sockets bring; they never wait, so more than the cores would idle. */
  private static final int READERS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final int IDLE_SECONDS = 30;

  /** OpenAI's codes for an account without money, sent with status 429 as rate limits are. */
  private static final Set<String> OUT_OF_CREDIT_CODES =
      Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

  /** Ends bodies that take too long; it does nothing else, so one thread serves all. */
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private final java.net.http.HttpClient client;
  private final Duration timeout;
  private final int largestBody;
  private final Secret secret;

  /**
   * The body behind the reply that this thread has just received: LangChain4j drops a refusal's.
   */
  private final ThreadLocal<String> lastBody = new ThreadLocal<>();

  WholeReplies(Duration timeout, int largestBody, Secret secret) {
    this.timeout = timeout;
    this.largestBody = largestBody;
    this.secret = secret;
    // HTTP/1.1: the offer to upgrade that goes with HTTP/2 confuses local servers (uvicorn), and
    // a server's bound on streams would fail calls beyond it instead of opening a connection.
    this.client =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .executor(readers())
            .build();
  }

  private static ScheduledThreadPoolExecutor watch() {
    var watch = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "teacher-body-watch"));
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }

  private static Executor readers() {
    var readers =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> daemon(work, "teacher-http"));
    readers.allowCoreThreadTimeOut(true);
    return readers;
  }

  private static Thread daemon(Runnable work, String name) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  @Override
  public Optional<String> lastBody() {
    return Optional.ofNullable(lastBody.get());
  }

  @Override
  public void forgetBody() {
    lastBody.remove();
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    HttpResponse<byte[]> response = send(request);
    if (response.statusCode() < 200 || response.statusCode() >= 300) {
      throw refused(request, response);
    }
    String body = text(response);
    lastBody.set(body);
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(body)
        .build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("replies are not streamed");
  }

  /**
   * Blocks, with the limit on the headers kept by the client and that on the body by a watch: the
   * client's asynchronous form hands each exchange to the default executor of completable futures,
   * which on two cores is a new thread for every reply.
   */
  private HttpResponse<byte[]> send(HttpRequest request) {
    var sending = java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(timeout);
    request.headers().forEach((name, values) -> values.forEach(v -> sending.header(name, v)));
    sending.POST(BodyPublishers.ofString(request.body()));
    long end = System.nanoTime() + timeout.toNanos();
    try {
      return client.send(
          sending.build(), head -> watched(new BoundedBody(largestBody), request, end));
    } catch (HttpTimeoutException e) {
      throw e instanceof HttpConnectTimeoutException ? failed(request.url(), e) : late(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CallFailed.of(FailureKind.NOT_SENT, "interrupted");
    } catch (IOException e) {
      throw failed(request.url(), e);
    }
  }

  private BoundedBody watched(BoundedBody body, HttpRequest request, long end) {
    Future<?> watch =
        WATCH.schedule(
            () -> body.fail(late(request)), end - System.nanoTime(), TimeUnit.NANOSECONDS);
    body.whenEnded(() -> watch.cancel(false));
    return body;
  }

  private CallFailed late(HttpRequest request) {
    return CallFailed.of(
        FailureKind.TIMEOUT,
        "no whole reply from %s within %d ms".formatted(request.url(), timeout.toMillis()));
  }

  private CallFailed failed(String url, Throwable cause) {
    for (Throwable c = cause; c != null; c = c.getCause()) {
      if (c instanceof CallFailed known) {
        return known;
      }
      if (c instanceof HttpConnectTimeoutException) {
        return CallFailed.unsent(
            FailureKind.TIMEOUT,
            "no connection to %s within %d ms".formatted(url, timeout.toMillis()));
      }
      if (c instanceof ConnectException) {
        return CallFailed.unsent(FailureKind.CONNECTION, notConnected(url, cause));
      }
    }
    return CallFailed.of(
        FailureKind.CONNECTION,
        secret.strikeFrom("the connection to %s failed: %s".formatted(url, cause)));
  }

  /** Refused, no such host, no way there: the exception often has no words of its own. */
  private String notConnected(String url, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String words =
        switch (root.getClass().getSimpleName()) {
          case "UnresolvedAddressException", "UnknownHostException" -> "no such host";
          case "ClosedChannelException" -> "refused";
          default -> root.getMessage() == null ? root.toString() : root.getMessage();
        };
    return secret.strikeFrom("no connection to %s: %s".formatted(url, words));
  }

  private String text(HttpResponse<byte[]> response) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(response.body()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new CallFailed(
          FailureKind.MALFORMED_REPLY,
          OptionalInt.of(response.statusCode()),
          "the reply is not UTF-8",
          Optional.empty());
    }
  }

  private CallFailed refused(HttpRequest request, HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    int status = response.statusCode();
    String message =
        "HTTP %d from %s: %s".formatted(status, request.url(), beginning(secret.strikeFrom(body)));
    return new CallFailed(
        kind(status, body), OptionalInt.of(status), message, retryAfter(response));
  }

  static FailureKind kind(int status, String body) {
    return switch (status) {
      case 401, 403 -> FailureKind.BAD_KEY;
      case 402 -> FailureKind.OUT_OF_CREDIT;
      case 404 -> FailureKind.UNKNOWN_MODEL;
      case 408, 504 -> FailureKind.TIMEOUT;
      case 409, 425 -> FailureKind.SERVER_ERROR;
      case 429 ->
          OUT_OF_CREDIT_CODES.contains(errorCode(body))
              ? FailureKind.OUT_OF_CREDIT
              : FailureKind.RATE_LIMIT;
      default -> status >= 500 ? FailureKind.SERVER_ERROR : FailureKind.BAD_REQUEST;
    };
  }

  private static String errorCode(String body) {
    try {
      JsonNode error = JSON.readTree(body).path("error");
      return error.path("code").asText(error.path("type").asText(""));
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  /** Seconds or a date; a date is measured by the server's own clock. */
  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    Optional<String> after = response.headers().firstValue("retry-after").map(String::strip);
    if (after.isEmpty()) {
      return Optional.empty();
    }
    if (SECONDS.matcher(after.get()).matches()) {
      // Some servers send fractions.
      return Optional.of(Duration.ofMillis((long) (Double.parseDouble(after.get()) * 1000)));
    }
    Optional<Instant> then = after.flatMap(WholeReplies::date);
    Optional<Instant> now = response.headers().firstValue("date").flatMap(WholeReplies::date);
    return then.isPresent() && now.isPresent() && then.get().isAfter(now.get())
        ? Optional.of(Duration.between(now.get(), then.get()))
        : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static String beginning(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN_CHARACTERS
        ? line
        : line.substring(0, SHOWN_CHARACTERS)
            + String.format(Locale.ROOT, "… (%,d characters)", text.length());
  }
}
