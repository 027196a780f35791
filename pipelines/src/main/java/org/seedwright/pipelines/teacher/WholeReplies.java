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
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
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
import java.util.regex.Pattern;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.seedwright.pipelines.teacher.Wire.Received;

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

  /** OpenAI's codes for an account without money, sent with status 429 as rate limits are. */
  private static final Set<String> OUT_OF_CREDIT_CODES =
      Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

  private final Wire wire;
  private final Duration timeout;
  private final int largestBody;
  private final Secret secret;
  private final Refusals refusals;

  /**
   * The body behind the reply that this thread has just received: LangChain4j drops a refusal's.
   */
  private final ThreadLocal<String> lastBody = new ThreadLocal<>();

  WholeReplies(Duration timeout, int largestBody, Secret secret, Refusals refusals) {
    this.refusals = refusals;
    this.timeout = timeout;
    this.largestBody = largestBody;
    this.secret = secret;
    this.wire = new Wire(timeout, largestBody);
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
    Received response = send(request);
    if (response.status() < 200 || response.status() >= 300) {
      throw refused(request, response);
    }
    String body = text(response);
    lastBody.set(body);
    return SuccessfulHttpResponse.builder()
        .statusCode(response.status())
        .headers(response.headers())
        .body(body)
        .build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("replies are not streamed");
  }

  private Received send(HttpRequest request) {
    try {
      return wire.post(request);
    } catch (Wire.LateException e) {
      throw CallFailed.of(
          FailureKind.TIMEOUT,
          "no whole reply from %s within %d ms".formatted(request.url(), timeout.toMillis()));
    } catch (Wire.TooLargeException e) {
      throw CallFailed.of(
          FailureKind.MALFORMED_REPLY, "the reply is larger than %,d bytes".formatted(largestBody));
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw CallFailed.of(FailureKind.NOT_SENT, "interrupted");
      }
      throw failed(request.url(), e);
    }
  }

  @Override
  public void cutOff() {
    wire.cutOff();
  }

  private CallFailed failed(String url, IOException cause) {
    if (cause instanceof ConnectTimeoutException) {
      return CallFailed.unsent(
          FailureKind.TIMEOUT,
          "no connection to %s within %d ms".formatted(url, timeout.toMillis()));
    }
    if (cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException) {
      return CallFailed.unsent(FailureKind.CONNECTION, notConnected(url, cause));
    }
    return CallFailed.of(
        FailureKind.CONNECTION,
        secret.strikeFrom("the connection to %s failed: %s".formatted(url, cause)));
  }

  private String notConnected(String url, IOException cause) {
    String words = "refused";
    if (cause instanceof UnknownHostException) {
      words = "no such host";
    } else if (!String.valueOf(cause.getMessage()).endsWith("Connection refused")) {
      words = String.valueOf(cause.getMessage());
    }
    return secret.strikeFrom("no connection to %s: %s".formatted(url, words));
  }

  private String text(Received response) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(response.body().duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw new CallFailed(
          FailureKind.MALFORMED_REPLY,
          OptionalInt.of(response.status()),
          "the reply is not UTF-8",
          Optional.empty());
    }
  }

  private CallFailed refused(HttpRequest request, Received response) {
    String body = StandardCharsets.UTF_8.decode(response.body().duplicate()).toString();
    int status = response.status();
    String message =
        "HTTP %d from %s: %s".formatted(status, request.url(), beginning(secret.strikeFrom(body)));
    return new CallFailed(
        refusals.kind(status, body),
        OptionalInt.of(status),
        message,
        retryAfter(response).or(() -> refusals.retryAfter(body)));
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
  private static Optional<Duration> retryAfter(Received response) {
    Optional<String> after = response.header("retry-after").map(String::strip);
    if (after.isEmpty()) {
      return Optional.empty();
    }
    if (SECONDS.matcher(after.get()).matches()) {
      // Some servers send fractions.
      return Optional.of(Duration.ofMillis((long) (Double.parseDouble(after.get()) * 1000)));
    }
    Optional<Instant> then = after.flatMap(WholeReplies::date);
    Optional<Instant> now = response.header("date").flatMap(WholeReplies::date);
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
