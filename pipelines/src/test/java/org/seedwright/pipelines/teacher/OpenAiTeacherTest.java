package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.seedwright.pipelines.teacher.ScriptedServer.completion;
import static org.seedwright.pipelines.teacher.ScriptedServer.saying;
import static org.seedwright.pipelines.teacher.ScriptedServer.send;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.Requests;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.teacher.OpenAiAccess.TokenLimit;

class OpenAiTeacherTest {
  private static final String KEY = "sk-very-secret-0123456789";
  private static final TeacherRequest REQUEST = Requests.request("What is six times seven?");

  private static OpenAiTeacher teacher(URI baseUrl) {
    return teacher(baseUrl, Duration.ofSeconds(20), TokenLimit.MAX_TOKENS);
  }

  private static OpenAiTeacher teacher(URI baseUrl, Duration timeout, TokenLimit limit) {
    return new OpenAiTeacher(
        new OpenAiAccess(baseUrl, Optional.of("TEACHER_KEY"), timeout, limit),
        Terms.ONCE,
        Map.of("TEACHER_KEY", KEY)::get);
  }

  private static Reply ask(ScriptedServer server) throws Exception {
    return teacher(server.baseUrl()).ask(REQUEST, 100);
  }

  private static TeacherException failure(ScriptedServer server) {
    return catchThrowableOfType(TeacherException.class, () -> ask(server));
  }

  @Test
  void aReplyIsTakenWithModelAndUsageAsTheServerReportsThem() throws Exception {
    try (var server = saying(completion("42"))) {
      assertThat(ask(server))
          .isEqualTo(
              new Reply(
                  REQUEST.key(),
                  Ending.STOP,
                  "42",
                  Optional.empty(),
                  "teacher-1-0613",
                  11,
                  7,
                  100,
                  Mark.TEACHER));
    }
  }

  @Test
  void onlyWhatTheRequestHoldsIsSent() throws Exception {
    try (var server = saying(completion("42"))) {
      var plain =
          TeacherRequest.of(
              "m",
              List.of(
                  new Message(Role.SYSTEM, "s"),
                  new Message(Role.USER, "u"),
                  new Message(Role.ASSISTANT, "a"),
                  new Message(Role.USER, "v")),
              new Decoding(Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
      var full =
          TeacherRequest.of(
              "m",
              plain.messages(),
              new Decoding(
                  Optional.of(0.5),
                  Optional.of(0.25),
                  Optional.of(1L << 40),
                  List.of("END", "STOP")));
      teacher(server.baseUrl()).ask(plain, 321);
      teacher(server.baseUrl(), Duration.ofSeconds(9), TokenLimit.MAX_COMPLETION_TOKENS)
          .ask(full, 321);

      assertThat(server.requests.get(0))
          .isEqualTo(
              ScriptedServer.JSON.readTree(
                  """
                  {"model":"m","messages":[{"role":"system","content":"s"},
                  {"role":"user","content":"u"},{"role":"assistant","content":"a"},
                  {"role":"user","content":"v"}],"stream":false,"max_tokens":321}
                  """));
      JsonNode sent = server.requests.get(1);
      assertThat(sent.get("temperature").doubleValue()).isEqualTo(0.5);
      assertThat(sent.get("top_p").doubleValue()).isEqualTo(0.25);
      assertThat(sent.get("seed").longValue()).isEqualTo(1L << 40);
      assertThat(sent.get("stop").toString()).isEqualTo("[\"END\",\"STOP\"]");
      assertThat(sent.get("max_completion_tokens").intValue()).isEqualTo(321);
      assertThat(sent.has("max_tokens")).isFalse();
      assertThat(server.authorizations).containsOnly("Bearer " + KEY);
    }
  }

  @Test
  void aServerThatWantsNoKeyGetsAPlaceholder() throws Exception {
    try (var server = saying(completion("42"))) {
      new OpenAiTeacher(OpenAiAccess.local(server.baseUrl()), Terms.ONCE, name -> null)
          .ask(REQUEST, 10);
      assertThat(server.authorizations).containsExactly("Bearer no-key-needed");
    }
  }

  @Test
  void endingsAreTheModelsOwn() throws Exception {
    for (Map.Entry<String, Ending> ending :
        Map.of(
                "stop", Ending.STOP,
                "length", Ending.LENGTH,
                "content_filter", Ending.CONTENT_FILTER)
            .entrySet()) {
      try (var server =
          saying(completion(Map.of("role", "assistant", "content", "so"), ending.getKey()))) {
        assertThat(ask(server).ending()).isEqualTo(ending.getValue());
      }
    }
  }

  @Test
  void aFilteredReplyMayHaveNoContent() throws Exception {
    try (var server = saying(completion(Map.of("role", "assistant"), "content_filter"))) {
      assertThat(ask(server))
          .extracting(Reply::ending, Reply::text)
          .containsExactly(Ending.CONTENT_FILTER, "");
    }
  }

  @Test
  void aRefusalIsAReplyWithItsWordsModelAndUsage() throws Exception {
    try (var server =
        saying(completion(Map.of("role", "assistant", "refusal", "I will not."), "stop"))) {
      assertThat(ask(server))
          .isEqualTo(
              new Reply(
                  REQUEST.key(),
                  Ending.REFUSAL,
                  "I will not.",
                  Optional.empty(),
                  "teacher-1-0613",
                  11,
                  7,
                  100,
                  Mark.TEACHER));
    }
  }

  @Test
  void thinkingIsKeptApartFromTheAnswer() throws Exception {
    try (var server = saying(completion("<think>\n6*7\n</think>\n\n42"))) {
      assertThat(ask(server))
          .extracting(Reply::text, Reply::thinking)
          .containsExactly("42", Optional.of("6*7"));
    }
    try (var server =
        saying(
            completion(
                Map.of("role", "assistant", "content", "42", "reasoning_content", "6*7"),
                "stop"))) {
      assertThat(ask(server))
          .extracting(Reply::text, Reply::thinking)
          .containsExactly("42", Optional.of("6*7"));
    }
  }

  @Test
  void aSimulatedServersRepliesAreMarked() throws Exception {
    try (var server = saying(completion("42").replace("fp_1", "seedwright-simulated-1"))) {
      assertThat(ask(server).mark()).isEqualTo(Mark.SIMULATED);
    }
  }

  @Test
  void aReplyWithoutUsageOrModelIsStillAReply() throws Exception {
    try (var server =
        saying(
            """
            {"choices":[{"index":0,"message":{"role":"assistant","content":"42"},
            "finish_reason":"stop"}]}""")) {
      assertThat(ask(server))
          .extracting(Reply::servedModel, Reply::inputTokens, Reply::outputTokens)
          .containsExactly("not-reported", 0L, 0L);
    }
  }

  @Test
  void whatIsNoReplyIsMalformedAndMayBeAskedAgain() {
    for (String body :
        List.of(
            "<html><body>Bad gateway</body></html>",
            "{\"choices\":[]}",
            "{\"error\":{\"message\":\"upstream\"}}",
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"4",
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"4\"}}]}",
            "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}",
            "null",
            "")) {
      try (var server = saying(body)) {
        assertThat(failure(server))
            .as(body)
            .isInstanceOf(RetriableTeacherException.class)
            .extracting(TeacherException::kind)
            .isEqualTo(FailureKind.MALFORMED_REPLY);
      }
    }
  }

  @Test
  void halfACharacterIsMalformed() {
    byte[] body = completion("é").getBytes(StandardCharsets.ISO_8859_1);
    try (var server = new ScriptedServer((n, request, exchange) -> send(exchange, 200, body))) {
      assertThat(failure(server)).hasMessage("the reply is not UTF-8");
    }
  }

  @Test
  void aStatusTellsTheKindOfFailure() {
    Map<Integer, FailureKind> kinds =
        Map.ofEntries(
            Map.entry(400, FailureKind.BAD_REQUEST),
            Map.entry(401, FailureKind.BAD_KEY),
            Map.entry(402, FailureKind.OUT_OF_CREDIT),
            Map.entry(403, FailureKind.BAD_KEY),
            Map.entry(404, FailureKind.UNKNOWN_MODEL),
            Map.entry(408, FailureKind.TIMEOUT),
            Map.entry(422, FailureKind.BAD_REQUEST),
            Map.entry(429, FailureKind.RATE_LIMIT),
            Map.entry(500, FailureKind.SERVER_ERROR),
            Map.entry(502, FailureKind.SERVER_ERROR),
            Map.entry(503, FailureKind.SERVER_ERROR),
            Map.entry(504, FailureKind.TIMEOUT),
            Map.entry(529, FailureKind.SERVER_ERROR));
    kinds.forEach(
        (status, kind) -> {
          try (var server =
              new ScriptedServer(
                  (n, request, exchange) ->
                      send(exchange, status, "{\"error\":{\"message\":\"because\"}}"))) {
            TeacherException failure = failure(server);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.status()).hasValue(status);
            assertThat(failure)
                .hasMessageContaining("HTTP " + status)
                .hasMessageContaining("because");
            assertThat(server.asked()).as("LangChain4j's own retries are off").isEqualTo(1);
          }
        });
  }

  @Test
  void anEmptyAccountIsNoRateLimit() {
    try (var server =
        new ScriptedServer(
            (n, request, exchange) ->
                send(exchange, 429, "{\"error\":{\"code\":\"insufficient_quota\"}}"))) {
      assertThat(failure(server).kind()).isEqualTo(FailureKind.OUT_OF_CREDIT);
    }
  }

  @Test
  void theServersWishToBeLeftAloneIsKept() {
    try (var server =
        new ScriptedServer(
            (n, request, exchange) -> {
              exchange.getResponseHeaders().set("Retry-After", "17");
              send(exchange, 429, "slow down");
            })) {
      assertThat(failure(server))
          .isInstanceOfSatisfying(
              RetriableTeacherException.class,
              e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(17)));
    }
  }

  @Test
  void aBodyThatDripsBeyondTheTimeLimitIsATimeout() {
    var done = new CountDownLatch(1);
    try (var server =
        new ScriptedServer(
            (n, request, exchange) -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write("{\"choices\"".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
              done.await();
            })) {
      assertThatThrownBy(
              () ->
                  teacher(server.baseUrl(), Duration.ofMillis(300), TokenLimit.MAX_TOKENS)
                      .ask(REQUEST, 10))
          .isInstanceOf(RetriableTeacherException.class)
          .hasMessage("no whole reply from %s/chat/completions within 300 ms", server.baseUrl());
      done.countDown();
    }
  }

  @Test
  void aBodyCutShortIsAConnectionFailure() {
    try (var server =
        new ScriptedServer(
            (n, request, exchange) -> {
              exchange.sendResponseHeaders(200, 5000);
              exchange.getResponseBody().write("{\"choices\":".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
              throw new IOException("cut");
            })) {
      assertThat(failure(server).kind()).isEqualTo(FailureKind.CONNECTION);
    }
  }

  @Test
  void aGiganticBodyIsMalformedInsteadOfOutOfMemory() {
    try (var server =
        new ScriptedServer(
            (n, request, exchange) -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] megabyte = new byte[1 << 20];
              for (int i = 0; i < 64; i++) {
                exchange.getResponseBody().write(megabyte);
              }
            })) {
      assertThat(failure(server)).hasMessageContaining("larger than 33,554,432 bytes");
    }
  }

  @Test
  void aServerThatIsNotThereIsAConnectionFailure() throws Exception {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(
            () -> teacher(URI.create("http://127.0.0.1:%d/v1".formatted(free))).ask(REQUEST, 10))
        .isInstanceOfSatisfying(
            RetriableTeacherException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.CONNECTION));
  }

  @Test
  void anInterruptWhileWaitingIsAnInterrupt() throws Exception {
    var asked = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    var seen = new AtomicReference<Throwable>();
    try (var server =
        new ScriptedServer(
            (n, request, exchange) -> {
              asked.countDown();
              done.await();
            })) {
      var thread =
          new Thread(
              () -> {
                try {
                  ask(server);
                } catch (Exception e) {
                  seen.set(e);
                }
              });
      thread.start();
      asked.await();
      thread.interrupt();
      thread.join();
      done.countDown();
    }
    assertThat(seen.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void theKeyIsInNoMessageAndNoCause() {
    try (var server =
        new ScriptedServer(
            (n, request, exchange) ->
                send(exchange, 401, "{\"error\":\"wrong key %s\"}".formatted(KEY)))) {
      for (Throwable e = failure(server); e != null; e = e.getCause()) {
        assertThat(e.toString()).doesNotContain(KEY);
        assertThat(e.getSuppressed()).isEmpty();
      }
      assertThat(failure(server)).hasMessageContaining("wrong key [key]");
      assertThat(teacher(server.baseUrl()).toString())
          .contains("[key from TEACHER_KEY]")
          .doesNotContain(KEY);
    }
    try (var server = saying("not json, but your key: " + KEY)) {
      assertThat(failure(server).toString()).contains("[key]").doesNotContain(KEY);
    }
  }

  @Test
  void aMissingOrImpossibleKeyIsNamedByItsVariableOnly() {
    var access =
        new OpenAiAccess(
            URI.create("http://127.0.0.1:1/v1"),
            Optional.of("TEACHER_KEY"),
            Duration.ofSeconds(1),
            TokenLimit.MAX_TOKENS);
    assertThatThrownBy(() -> new OpenAiTeacher(access, Terms.ONCE, name -> null))
        .hasMessageContaining("TEACHER_KEY")
        .hasMessageContaining("is not set");
    assertThatThrownBy(() -> new OpenAiTeacher(access, Terms.ONCE, name -> "two\nlines"))
        .hasMessageContaining("TEACHER_KEY")
        .hasMessageNotContaining("two");
  }
}
