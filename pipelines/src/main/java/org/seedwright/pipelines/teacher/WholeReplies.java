package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * LangChain4j's HTTP client, so that a reply is whole or a failure of a known kind. Its own ends
 * the time limit with the headers, reads bodies of any size, and puts replacement characters where
 * bytes are no UTF-8; this one bounds the whole exchange in time and size and refuses such bytes.
 * It keeps {@code Retry-After}, which LangChain4j drops.
 */
final class WholeReplies implements Exchange {
  private static final int SHOWN_CHARACTERS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** OpenAI's codes for an account without money, sent with status 429 as rate limits are. */
  private static final Set<String> OUT_OF_CREDIT_CODES =
      Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

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
            .build();
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

  private HttpResponse<byte[]> send(HttpRequest request) {
    var sending = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach((name, values) -> values.forEach(v -> sending.header(name, v)));
    sending.POST(BodyPublishers.ofString(request.body()));
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(sending.build(), head -> new BoundedBody(largestBody));
    try {
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw CallFailed.of(
          FailureKind.TIMEOUT, "no whole reply within %d ms".formatted(timeout.toMillis()));
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw CallFailed.of(FailureKind.NOT_SENT, "interrupted");
    } catch (ExecutionException e) {
      throw failed(request.url(), e.getCause());
    }
  }

  private CallFailed failed(String url, Throwable cause) {
    for (Throwable c = cause; c != null; c = c.getCause()) {
      if (c instanceof CallFailed known) {
        return known;
      }
      if (c instanceof HttpTimeoutException) {
        return CallFailed.of(
            FailureKind.TIMEOUT, "no connection within %d ms".formatted(timeout.toMillis()));
      }
    }
    return CallFailed.of(
        FailureKind.CONNECTION,
        secret.strikeFrom("the connection to %s failed: %s".formatted(url, cause)));
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

  /** Seconds, as the protocol's servers send it; a date is left to the back-off. */
  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    OptionalLong seconds;
    try {
      seconds = response.headers().firstValueAsLong("retry-after");
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return seconds.isPresent() && seconds.getAsLong() >= 0
        ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
        : Optional.empty();
  }

  static String beginning(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN_CHARACTERS
        ? line
        : line.substring(0, SHOWN_CHARACTERS)
            + String.format(Locale.ROOT, "… (%,d characters)", text.length());
  }
}
