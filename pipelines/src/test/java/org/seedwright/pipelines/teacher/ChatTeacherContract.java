package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.seedwright.pipelines.teacher.ScriptedServer.JSON;
import static org.seedwright.pipelines.teacher.ScriptedServer.send;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.Requests;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.teacher.Answer.Answered;

/** What holds for every service, against a loopback server that speaks its protocol. */
abstract class ChatTeacherContract {
  static final String KEY = "k-very-secret-0123456789";

  private static final TeacherRequest REQUEST = Requests.request("What is six times seven?");

  private static final List<Message> TALK =
      List.of(
          new Message(Role.SYSTEM, "s"),
          new Message(Role.USER, "u"),
          new Message(Role.ASSISTANT, "a"),
          new Message(Role.USER, "v"));

  @TempDir private Path folder;

  abstract Service service();

  /** What follows the address in the base URL, and the path under it for the model {@code m}. */
  abstract String base();

  abstract String path(String model);

  /** The body for {@link #TALK} with a cap of 321 and nothing else. */
  abstract String plainBody();

  /**
   * The same with temperature 0.5, top-p 0.25, the stop texts END and STOP, and the seed 77 where
   * the service takes one.
   */
  abstract String fullBody();

  abstract boolean takesSeeds();

  abstract void carriesKey(Headers headers);

  /**
   * A reply of the model {@code served-1} that says 42 after it thought 6*7; 11 tokens in, 7 out.
   */
  abstract String reply();

  /** Bodies by what they mean. */
  abstract Map<String, Ending> endings();

  /** What is no reply of this service, beside what is none of any. */
  abstract List<String> malformed();

  /** A body of an error with this message, as the service words it. */
  abstract String error(String message);

  private ChatTeacher teacher(ScriptedServer server) {
    return teacher(server, Terms.ONCE);
  }

  private ChatTeacher teacher(ScriptedServer server, Terms terms) {
    return new ChatTeacher(
        service(),
        new ServiceAccess(
            // With or without a slash at its end is the same.
            server.address(base() + "/"), Optional.of("TEACHER_KEY"), Duration.ofSeconds(20)),
        terms,
        Map.of("TEACHER_KEY", KEY)::get);
  }

  private ScriptedServer server(ScriptedServer.Script script) {
    return new ScriptedServer(base() + path("teacher-1"), script);
  }

  private ScriptedServer saying(String body) {
    return server((n, request, exchange) -> send(exchange, 200, body));
  }

  Reply said(String body) throws Exception {
    try (var server = saying(body)) {
      return teacher(server).ask(REQUEST, 100);
    }
  }

  TeacherException failure(int status, String body) {
    try (var server = server((n, request, exchange) -> send(exchange, status, body))) {
      return failure(server);
    }
  }

  private TeacherException failure(ScriptedServer server) {
    TeacherException failure =
        catchThrowableOfType(TeacherException.class, () -> teacher(server).ask(REQUEST, 100));
    assertThat(server.asked()).as("LangChain4j's own retries are off").isEqualTo(1);
    return failure;
  }

  @Test
  void aReplyIsTakenWithModelUsageAndThinking() throws Exception {
    assertThat(said(reply()))
        .isEqualTo(
            new Reply(
                REQUEST.key(),
                Ending.STOP,
                "42",
                Optional.of("6*7"),
                "served-1",
                11,
                7,
                100,
                Mark.TEACHER));
  }

  @Test
  void onlyWhatTheRequestHoldsIsSent() throws Exception {
    try (var server =
        new ScriptedServer(
            base() + path("m"), (n, request, exchange) -> send(exchange, 200, reply()))) {
      var none = new Decoding(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
      var all =
          new Decoding(
              Optional.of(0.5),
              Optional.of(0.25),
              takesSeeds() ? Optional.of(77L) : Optional.empty(),
              List.of("END", "STOP"));
      teacher(server).ask(TeacherRequest.of("m", TALK, none), 321);
      teacher(server).ask(TeacherRequest.of("m", TALK, all), 321);

      assertThat(server.requests)
          .containsExactly(JSON.readTree(plainBody()), JSON.readTree(fullBody()));
      assertThat(server.headers)
          .allSatisfy(
              headers -> {
                carriesKey(headers);
                assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
              });
    }
  }

  @Test
  void aSeedThatTheServiceCannotTakeIsRefusedBeforeAnythingIsSent() {
    for (long seed : takesSeeds() ? List.of(1L << 31, -(1L << 31) - 1) : List.of(77L)) {
      try (var server = saying(reply())) {
        var decoding =
            new Decoding(Optional.empty(), Optional.empty(), Optional.of(seed), List.of());
        assertThatThrownBy(
                () -> teacher(server).ask(TeacherRequest.of("teacher-1", TALK, decoding), 10))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(Long.toString(seed));
        assertThat(server.asked()).isZero();
      }
    }
  }

  @Test
  void endingsAreTheModelsOwn() throws Exception {
    assertThat(endings()).containsValues(Ending.STOP, Ending.LENGTH);
    for (Map.Entry<String, Ending> ending : endings().entrySet()) {
      assertThat(said(ending.getKey()).ending()).as(ending.getKey()).isEqualTo(ending.getValue());
    }
  }

  @Test
  void thinkingThatStandsInTheAnswerIsKeptApartToo() throws Exception {
    String body = reply().replace("6*7", "").replace("42", "<think>\\n6*7\\n</think>\\n\\n42");
    assertThat(said(body))
        .extracting(Reply::text, Reply::thinking)
        .containsExactly("42", Optional.of("6*7"));
  }

  @Test
  void whatIsNoReplyIsMalformedAndMayBeAskedAgain() {
    var bodies = new ArrayList<>(malformed());
    bodies.addAll(
        List.of(
            "<html><body>Bad gateway</body></html>",
            "",
            "null",
            "[]",
            "{}",
            "{\"error\":{\"message\":\"upstream\"}}",
            reply().substring(0, reply().length() / 2)));
    for (String body : bodies) {
      try (var server = saying(body)) {
        assertThat(failure(server))
            .as(body)
            .isInstanceOf(RetriableTeacherException.class)
            .satisfies(e -> assertThat(e.mayBeBilled()).isTrue())
            .extracting(TeacherException::kind)
            .isEqualTo(FailureKind.MALFORMED_REPLY);
      }
    }
  }

  @Test
  void halfACharacterIsMalformed() {
    byte[] body = reply().replace("42", "é").getBytes(StandardCharsets.ISO_8859_1);
    try (var server = server((n, request, exchange) -> send(exchange, 200, body))) {
      assertThat(failure(server)).hasMessage("the reply is not UTF-8");
    }
  }

  @Test
  void aStatusTellsTheKindOfFailure() {
    Map.of(
            400, FailureKind.BAD_REQUEST,
            401, FailureKind.BAD_KEY,
            403, FailureKind.BAD_KEY,
            404, FailureKind.UNKNOWN_MODEL,
            413, FailureKind.BAD_REQUEST,
            429, FailureKind.RATE_LIMIT,
            500, FailureKind.SERVER_ERROR,
            503, FailureKind.SERVER_ERROR,
            529, FailureKind.SERVER_ERROR)
        .forEach(
            (status, kind) ->
                assertThat(failure(status, error("because")))
                    .hasMessageContaining("HTTP " + status)
                    .hasMessageContaining("because")
                    .satisfies(e -> assertThat(e.status()).hasValue(status))
                    .extracting(TeacherException::kind)
                    .isEqualTo(kind));
  }

  @Test
  void theServersWishToBeLeftAloneIsKept() {
    try (var server =
        server(
            (n, request, exchange) -> {
              exchange.getResponseHeaders().set("Retry-After", "17");
              send(exchange, 429, error("slow down"));
            })) {
      assertThat(failure(server))
          .isInstanceOfSatisfying(
              RetriableTeacherException.class,
              e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(17)));
    }
  }

  @Test
  void anInterruptWhileWaitingIsAnInterrupt() throws Exception {
    var asked = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    var seen = new AtomicReference<Throwable>();
    try (var server =
        server(
            (n, request, exchange) -> {
              asked.countDown();
              done.await();
            })) {
      ChatTeacher teacher = teacher(server);
      var thread =
          new Thread(
              () -> {
                try {
                  teacher.ask(REQUEST, 10);
                } catch (Exception e) {
                  seen.set(e);
                }
              });
      thread.start();
      asked.await();
      thread.interrupt();
      teacher.cutOff();
      thread.join();
      done.countDown();
    }
    assertThat(seen.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aRefusedCallIsAskedAgainAndItsReplyIsBoughtOnce() throws Exception {
    var terms = new Terms(new Backoff(4, Duration.ofMillis(1), Duration.ofMillis(5)), Price.NONE);
    try (var server =
            server(
                (n, request, exchange) -> {
                  exchange.getResponseHeaders().set("Retry-After", "0");
                  send(exchange, n == 1 ? 429 : 200, n == 1 ? error("no, " + KEY) : reply());
                });
        var store =
            SqliteResponseStore.open(
                folder.resolve("store.sqlite"), "run", Budget.NONE, InstantSource.system());
        var answering = new Answering(store, 2)) {
      List<Question> questions = List.of(new Question("one", REQUEST, 100));
      for (int i = 0; i < 2; i++) {
        assertThat(answering.answer(teacher(server, terms), questions))
            .singleElement()
            .isInstanceOfSatisfying(
                Answered.class, answer -> assertThat(answer.reply().text()).isEqualTo("42"));
      }
      assertThat(server.asked()).isEqualTo(2);
      assertThat(answering.counts().retries()).isEqualTo(1);
      assertThat(store.stats().transportFailures()).isEqualTo(1);
      assertThat(store.stats().inDoubt()).isZero();
    }
    assertThat(Files.readString(folder.resolve("store.sqlite"), StandardCharsets.ISO_8859_1))
        .contains("no, [key]")
        .doesNotContain(KEY);
  }

  @Test
  void theKeyIsInNoMessageAndNoCause() {
    for (Throwable e = failure(401, error("wrong key " + KEY)); e != null; e = e.getCause()) {
      assertThat(e.toString()).contains("wrong key [key]").doesNotContain(KEY);
      assertThat(e.getSuppressed()).isEmpty();
    }
    try (var server = saying("not json, but your key: " + KEY)) {
      assertThat(failure(server).toString()).contains("[key]").doesNotContain(KEY);
      assertThat(teacher(server).toString()).contains("[key from TEACHER_KEY]").doesNotContain(KEY);
    }
  }

  @Test
  void aMissingKeyIsNamedByItsVariable() {
    var access =
        new ServiceAccess(service().address(), Optional.of("TEACHER_KEY"), Duration.ofSeconds(1));
    assertThatThrownBy(() -> new ChatTeacher(service(), access, Terms.ONCE, name -> null))
        .hasMessageContaining("TEACHER_KEY")
        .hasMessageContaining("is not set");
  }
}
