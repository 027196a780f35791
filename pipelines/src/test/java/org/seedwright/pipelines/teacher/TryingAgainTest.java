package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seedwright.pipelines.store.Requests.request;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.Requests;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.teacher.Answer.Answered;
import org.seedwright.pipelines.teacher.Answer.Unanswered;

class TryingAgainTest {
  private static final Backoff QUICK = new Backoff(4, Duration.ofMillis(1), Duration.ofMillis(5));
  private static final Price DEAR = new Price(BigDecimal.ZERO, BigDecimal.ONE);

  @TempDir Path folder;
  private ResponseStore store;

  @BeforeEach
  void openStore() {
    store = open("run", Budget.NONE);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private ResponseStore open(String run, Budget budget) {
    return SqliteResponseStore.open(
        folder.resolve("store.sqlite"), run, budget, InstantSource.system());
  }

  private static Question question(String text) {
    return new Question("label " + text, request(text), 100);
  }

  private static List<Question> questions(int count) {
    return IntStream.range(0, count).mapToObj(i -> question("q" + i)).toList();
  }

  private static Terms terms(Backoff backoff) {
    return new Terms(backoff, Price.NONE);
  }

  private Answer ask(Teacher teacher) throws InterruptedException {
    try (var answering = new Answering(store, 1)) {
      return answering.answer(teacher, List.of(question("q"))).get(0);
    }
  }

  @Test
  void whatMayBeAnsweredLaterIsAskedAgainAndEveryFailureIsLogged() throws Exception {
    var fake =
        new FakeTeacher(
            terms(QUICK),
            (n, question) -> {
              if (n < 4) {
                throw FakeTeacher.failure(FailureKind.SERVER_ERROR);
              }
            });
    try (var answering = new Answering(store, 2)) {
      assertThat(answering.answer(fake, questions(3))).allMatch(Answered.class::isInstance);
      assertThat(answering.counts().retries()).isEqualTo(9);
    }
    assertThat(fake.asked).hasSize(12);
    assertThat(store.stats().transportFailures()).isEqualTo(9);
    assertThat(store.stats().inDoubt()).isZero();
  }

  @Test
  void triesAreBounded() throws Exception {
    var fake =
        new FakeTeacher(
            terms(QUICK),
            (n, question) -> {
              throw FakeTeacher.failure(FailureKind.RATE_LIMIT);
            });
    assertThat((Unanswered) ask(fake))
        .satisfies(unanswered -> assertThat(unanswered.kind()).isEqualTo(FailureKind.RATE_LIMIT));
    assertThat(fake.asked).hasSize(4);
    assertThat(store.stats().transportFailures()).isEqualTo(4);
  }

  @Test
  void aFinalFailurePassesAtOnce() throws Exception {
    var fake =
        new FakeTeacher(
            terms(QUICK),
            (n, question) -> {
              throw FakeTeacher.failure(FailureKind.BAD_KEY);
            });
    assertThat(ask(fake)).isInstanceOf(Unanswered.class);
    assertThat(fake.asked).hasSize(1);
    assertThat(store.stats().transportFailures()).isEqualTo(1);
  }

  @Test
  void aWaitHoldsNeitherAThreadNorASlot() throws Exception {
    var backoff = new Backoff(2, Duration.ofHours(1), Duration.ofHours(1));
    var others = new CountDownLatch(20);
    var fake =
        new FakeTeacher(
            terms(backoff),
            (n, question) -> {
              if (question.compareTo("q5") < 0) {
                throw FakeTeacher.failure(FailureKind.SERVER_ERROR);
              }
              others.countDown();
            });
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (var answering = new Answering(store, 20)) {
      Future<List<Answer>> answers =
          pool.submit(
              () ->
                  answering.answer(
                      fake,
                      IntStream.range(0, 25)
                          .mapToObj(i -> question("q%s".formatted((char) ('0' + i))))
                          .toList()));
      others.await();
      assertThat(answering.drain(Duration.ofSeconds(20)))
          .as("what waits to be tried again is not waited for")
          .isZero();
      assertThat(answers.get()).filteredOn(Answered.class::isInstance).hasSize(20);
      assertThat(answers.get())
          .filteredOn(Unanswered.class::isInstance)
          .allSatisfy(
              answer ->
                  assertThat(((Unanswered) answer).kind()).isEqualTo(FailureKind.SERVER_ERROR));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theServersWaitIsObeyedByAllCalls() throws Exception {
    var fake =
        new FakeTeacher(
            terms(new Backoff(2, Duration.ZERO, Duration.ofSeconds(5))),
            (n, question) -> {
              if (n == 1 && question.equals("q0")) {
                throw new RetriableTeacherException(
                    FailureKind.RATE_LIMIT,
                    OptionalInt.of(429),
                    "slow down",
                    Optional.of(Duration.ofMillis(300)));
              }
            });
    long start = System.nanoTime();
    try (var answering = new Answering(store, 1)) {
      assertThat(answering.answer(fake, questions(2))).allMatch(Answered.class::isInstance);
    }
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000L);
  }

  @Test
  void whatTheProviderMayHaveBilledIsSpentAtItsWorst() throws Exception {
    var fake =
        new FakeTeacher(
            new Terms(QUICK, DEAR),
            (n, question) -> {
              if (n == 1) {
                throw FakeTeacher.failure(FailureKind.TIMEOUT);
              }
              if (n == 2) {
                throw FakeTeacher.failure(FailureKind.RATE_LIMIT);
              }
            });
    Cost worst = DEAR.worst(request("q"), 100);
    try (var answering = new Answering(store, 1)) {
      answering.answer(fake, List.of(question("q")));
      assertThat(answering.counts().spent()).isEqualTo(worst.plus(DEAR.of(2, 3)));
    }
    assertThat(store.account().spent()).isEqualTo(worst.plus(DEAR.of(2, 3)));
    assertThat(store.account().reserved()).isEqualTo(Cost.FREE);
  }

  @Test
  void aBudgetIsUsedToItsEndAndThenStopsAll() throws Exception {
    store.close();
    Cost worst = DEAR.worst(request("q0"), 100);
    // Room for two worst cases at once; every reply costs far less.
    var budget = new Budget(OptionalLong.empty(), OptionalLong.of(2 * worst.nanoUsd()));
    store = open("frugal", budget);
    var fake = new FakeTeacher(new Terms(QUICK, DEAR), (n, question) -> {});
    try (var answering = new Answering(store, 8)) {
      var answers = answering.answer(fake, questions(200));
      assertThat(answers)
          .filteredOn(Unanswered.class::isInstance)
          .isNotEmpty()
          .allSatisfy(
              answer ->
                  assertThat((Unanswered) answer)
                      .satisfies(
                          one -> {
                            assertThat(one.kind()).isEqualTo(FailureKind.OVER_BUDGET);
                            assertThat(one.message())
                                .contains("the budget of 0.0002 USD ends here", "spent");
                          }));
      long rest = 2 * worst.nanoUsd() - store.account().committed().nanoUsd();
      assertThat(rest).isBetween(0L, worst.nanoUsd() - 1);
      assertThat(answering.counts().spent()).isEqualTo(store.account().spent());
    }
  }

  @Test
  void whatAnotherProcessAwaitsIsTakenFromItsReply() throws Exception {
    long call = Requests.sent(store, request("q"), 100);
    var fake = new FakeTeacher((n, question) -> {});
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (var answering = new Answering(store, 1)) {
      Future<List<Answer>> answers =
          pool.submit(() -> answering.answer(fake, List.of(question("q"))));
      Thread.sleep(50);
      store.stored(call, Requests.ended(request("q"), "theirs", 3, 100), Cost.FREE);
      assertThat(answers.get()).allMatch(Answered.class::isInstance);
      assertThat(fake.asked).isEmpty();
      assertThat(answering.counts().storeHits()).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
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
                  Duration.ofSeconds(30),
                  OpenAiAccess.TokenLimit.MAX_TOKENS),
              terms(QUICK),
              name -> key);
      assertThat(ask(openAi)).isInstanceOf(Answered.class);
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
