package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.store.Requests;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.SqliteResponseStore;

class RetryingTeacherTest {
  private static final Backoff QUICK = new Backoff(4, Duration.ofMillis(1), Duration.ofMillis(5));

  @TempDir Path folder;
  private ResponseStore store;

  @BeforeEach
  void openStore() {
    store = SqliteResponseStore.open(folder.resolve("store.sqlite"), "run", InstantSource.system());
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void whatMayBeAnsweredLaterIsAskedAgainAndEveryFailureIsLogged() throws Exception {
    var fake =
        new FakeTeacher(
            (n, question) -> {
              if (n < 4) {
                throw FakeTeacher.failure(FailureKind.SERVER_ERROR);
              }
            });
    var reply = new RetryingTeacher(fake, store, QUICK).ask(Requests.request("q"), 10);
    assertThat(reply.text()).isEqualTo("echo q");
    assertThat(fake.asked).hasSize(4);
    assertThat(store.stats().transportFailures()).isEqualTo(3);
  }

  @Test
  void triesAreBounded() {
    var fake =
        new FakeTeacher(
            (n, question) -> {
              throw FakeTeacher.failure(FailureKind.RATE_LIMIT);
            });
    assertThatThrownBy(() -> new RetryingTeacher(fake, store, QUICK).ask(Requests.request("q"), 10))
        .isInstanceOf(RetriableTeacherException.class);
    assertThat(fake.asked).hasSize(4);
    assertThat(store.stats().transportFailures()).isEqualTo(4);
  }

  @Test
  void aFinalFailurePassesAtOnce() {
    var fake =
        new FakeTeacher(
            (n, question) -> {
              throw FakeTeacher.failure(FailureKind.BAD_KEY);
            });
    assertThatThrownBy(() -> new RetryingTeacher(fake, store, QUICK).ask(Requests.request("q"), 10))
        .isInstanceOf(FinalTeacherException.class);
    assertThat(fake.asked).hasSize(1);
    assertThat(store.stats().transportFailures()).isEqualTo(1);
  }

  @Test
  void theServersWaitIsObeyed() throws Exception {
    var fake =
        new FakeTeacher(
            (n, question) -> {
              if (n == 1) {
                throw new RetriableTeacherException(
                    FailureKind.RATE_LIMIT,
                    OptionalInt.of(429),
                    "slow down",
                    Optional.of(Duration.ofMillis(300)));
              }
            });
    long start = System.nanoTime();
    new RetryingTeacher(fake, store, new Backoff(2, Duration.ZERO, Duration.ofSeconds(5)))
        .ask(Requests.request("q"), 10);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000L);
  }

  @Test
  void aTeacherToldToStopEndsItsWaitWithTheLastFailure() throws Exception {
    var fake =
        new FakeTeacher(
            (n, question) -> {
              throw FakeTeacher.failure(FailureKind.TIMEOUT);
            });
    var teacher =
        new RetryingTeacher(fake, store, new Backoff(9, Duration.ofHours(1), Duration.ofHours(1)));
    teacher.stopTryingAgain();
    assertThatThrownBy(() -> teacher.ask(Requests.request("q"), 10)).hasMessage("because");
    assertThat(fake.asked).hasSize(1);
  }

  @Test
  void noKeyReachesAFile() throws Exception {
    String key = "sk-very-secret-0123456789";
    try (var server =
        new ScriptedServer(
            (n, request, exchange) ->
                ScriptedServer.send(
                    exchange,
                    n < 3 ? 500 : 200,
                    n < 3
                        ? "no, not with " + key
                        : ScriptedServer.completion("your key is " + key)))) {
      var openAi =
          new OpenAiTeacher(
              new OpenAiAccess(
                  server.baseUrl(),
                  Optional.of("KEY"),
                  Duration.ofSeconds(9),
                  OpenAiAccess.TokenLimit.MAX_TOKENS),
              name -> key);
      var question = new Question("q", Requests.request("q"), 100);
      try (var answering = new Answering(store, 1)) {
        assertThat(answering.answer(new RetryingTeacher(openAi, store, QUICK), List.of(question)))
            .allMatch(Answer.Answered.class::isInstance);
      }
      assertThat(server.authorizations).containsOnly("Bearer " + key);
    }
    store.close();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain(key));
    }
    assertThat(Files.readString(folder.resolve("store.sqlite"), StandardCharsets.ISO_8859_1))
        .contains("no, not with [key]")
        .contains("your key is [key]");
  }

  @Test
  void boundsDoubleUpToTheLongest() {
    var backoff = new Backoff(9, Duration.ofSeconds(2), Duration.ofSeconds(15));
    assertThat(backoff.bound(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.bound(2)).isEqualTo(Duration.ofSeconds(4));
    assertThat(backoff.bound(3)).isEqualTo(Duration.ofSeconds(8));
    assertThat(backoff.bound(4)).isEqualTo(Duration.ofSeconds(15));
    assertThat(backoff.bound(1000)).isEqualTo(Duration.ofSeconds(15));
  }
}
