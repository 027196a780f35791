package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.store.Requests.request;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.Requests;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.store.StoreException;
import org.seedwright.pipelines.teacher.Answer.Answered;
import org.seedwright.pipelines.teacher.Answer.Unanswered;

class AnsweringTest {
  @TempDir Path folder;
  private ResponseStore store;

  @BeforeEach
  void openStore() {
    store = open("run");
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private ResponseStore open(String run) {
    return SqliteResponseStore.open(folder.resolve("store.sqlite"), run, InstantSource.system());
  }

  private static Question question(String text) {
    return new Question("label " + text, request(text), 100);
  }

  private static List<Question> questions(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> question("q" + i)).toList();
  }

  private static String textOf(Answer answer) {
    return ((Answered) answer).reply().text();
  }

  @Test
  void answersComeInTheOrderOfTheQuestionsWhateverIsSlow() throws Exception {
    var full = new CountDownLatch(8);
    var teacher =
        new FakeTeacher(
            (n, q) -> {
              full.countDown();
              full.await();
              Thread.sleep(q.endsWith("7") ? 60 : 1);
            });
    try (var answering = new Answering(store, 8)) {
      var answers = answering.answer(teacher, questions(0, 100));
      assertThat(answers)
          .extracting(AnsweringTest::textOf)
          .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "echo q" + i).toList());
      assertThat(answers).extracting(Answer::label).startsWith("label q0", "label q1");
      assertThat(teacher.mostOpen()).isEqualTo(8);
      assertThat(answering.counts())
          .isEqualTo(new AnswerCounts(100, 0, 100, 0, 0, 200, 300, 0, new Cost(500, 0)));
    }
  }

  @Test
  void whatTheStoreHoldsIsNotAskedAgain() throws Exception {
    var teacher = new FakeTeacher((n, q) -> {});
    try (var answering = new Answering(store, 4)) {
      answering.answer(teacher, questions(0, 10));
    }
    try (var answering = new Answering(store, 4)) {
      var answers = answering.answer(teacher, questions(5, 15));
      assertThat(answers)
          .extracting(answer -> ((Answered) answer).bought())
          .containsExactly(false, false, false, false, false, true, true, true, true, true);
      assertThat(answering.counts())
          .isEqualTo(new AnswerCounts(10, 5, 5, 0, 0, 10, 15, 0, new Cost(25, 0)));
    }
    assertThat(teacher.asked).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void equalQuestionsInFlightAreAskedOnceByAllCallersTogether() throws Exception {
    var teacher = new FakeTeacher((n, q) -> Thread.sleep(20));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (var answering = new Answering(store, 6)) {
      var futures = new ArrayList<Future<List<Answer>>>();
      for (int i = 0; i < 4; i++) {
        futures.add(pool.submit(() -> answering.answer(teacher, questions(0, 30))));
      }
      for (Future<List<Answer>> future : futures) {
        assertThat(future.get())
            .extracting(AnsweringTest::textOf)
            .containsExactlyElementsOf(IntStream.range(0, 30).mapToObj(i -> "echo q" + i).toList());
      }
      assertThat(teacher.asked).hasSize(30).doesNotHaveDuplicates();
      assertThat(teacher.mostOpen()).as("one bound for the process").isLessThanOrEqualTo(6);
      assertThat(answering.counts())
          .isEqualTo(new AnswerCounts(120, 90, 30, 0, 0, 60, 90, 0, new Cost(150, 0)));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theSameRequestUnderAHigherCapIsAskedAgainOnlyWhereItWasTruncated() throws Exception {
    var truncated = request("long");
    var ended = request("short");
    store.add(truncated, Requests.truncated(truncated, "so", 50));
    store.add(ended, Requests.ended(ended, "42", 3, 50));
    var teacher = new FakeTeacher((n, q) -> {});
    try (var answering = new Answering(store, 2)) {
      answering.answer(
          teacher, List.of(new Question("a", truncated, 80), new Question("b", ended, 80)));
    }
    assertThat(teacher.asked).containsExactly("long");
  }

  @Test
  void aFailureLeavesTheOthersTheirReplies() throws Exception {
    var teacher =
        new FakeTeacher(
            (n, q) -> {
              if (q.equals("q3")) {
                throw FakeTeacher.failure(FailureKind.BAD_REQUEST);
              }
            });
    try (var answering = new Answering(store, 2)) {
      var answers = answering.answer(teacher, questions(0, 6));
      assertThat(answers.get(3))
          .isEqualTo(
              new Unanswered(
                  "label q3", request("q3").key(), FailureKind.BAD_REQUEST, "label q3: because"));
      assertThat(answers).filteredOn(Answered.class::isInstance).hasSize(5);
      assertThat(answering.counts().failed()).isEqualTo(1);
    }
    store.close();
    store = open("next");
    assertThat(store.inDoubt()).as("a failed call is closed").isEmpty();
  }

  @Test
  void aBadKeyStopsSendingAtOnce() throws Exception {
    var teacher =
        new FakeTeacher(
            (n, q) -> {
              throw FakeTeacher.failure(FailureKind.BAD_KEY);
            });
    try (var answering = new Answering(store, 2)) {
      var answers = answering.answer(teacher, questions(0, 50));
      assertThat(answers)
          .allSatisfy(
              answer -> assertThat(((Unanswered) answer).kind()).isEqualTo(FailureKind.BAD_KEY));
      assertThat(teacher.asked).hasSizeLessThanOrEqualTo(2);
      assertThat(answering.counts().failed()).isEqualTo(50);

      var other = new FakeTeacher((n, q) -> {});
      assertThat(answering.answer(other, questions(0, 1)))
          .as("another teacher has another key")
          .allMatch(Answered.class::isInstance);
    }
  }

  @Test
  void aRecordedTeacherNamesTheRequestThatIsInNoRecording() throws Exception {
    store.add(request("q0"), Requests.ended(request("q0"), "recorded", 1, 100));
    try (var answering = new Answering(store, 2)) {
      var answers = answering.answer(new RecordedTeacher(), questions(0, 2));
      assertThat(textOf(answers.get(0))).isEqualTo("recorded");
      assertThat((Unanswered) answers.get(1))
          .satisfies(
              unanswered -> {
                assertThat(unanswered.kind()).isEqualTo(FailureKind.UNKNOWN_REQUEST);
                assertThat(unanswered.message())
                    .contains("label q1")
                    .contains(request("q1").key())
                    .contains("\"q1\"");
              });
      assertThat(store.request(request("q1").key())).as("nothing was sent").isEmpty();
    }
  }

  @Test
  void drainingAwaitsWhatIsOpenAndSendsNothingNew() throws Exception {
    var sent = new CountDownLatch(2);
    var teacher =
        new FakeTeacher(
            (n, q) -> {
              sent.countDown();
              Thread.sleep(200);
            });
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (var answering = new Answering(store, 2)) {
      Future<List<Answer>> future = pool.submit(() -> answering.answer(teacher, questions(0, 40)));
      sent.await();
      assertThat(answering.drain(Duration.ofSeconds(10))).isZero();
      var answers = future.get();
      assertThat(answers).filteredOn(Answered.class::isInstance).hasSize(teacher.asked.size());
      assertThat(answers)
          .filteredOn(Unanswered.class::isInstance)
          .hasSizeGreaterThanOrEqualTo(36)
          .allMatch(answer -> ((Unanswered) answer).kind() == FailureKind.NOT_SENT);
      assertThat(store.stats().replies()).isEqualTo(teacher.asked.size());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whatIsCutOffWhileOpenIsInDoubtAndCountedWhenItIsAskedAgain() throws Exception {
    var sent = new CountDownLatch(1);
    var stuck =
        new FakeTeacher(
            (n, q) -> {
              sent.countDown();
              Thread.sleep(60_000);
            });
    ExecutorService pool = Executors.newSingleThreadExecutor();
    var answering = new Answering(store, 1);
    Future<List<Answer>> future = pool.submit(() -> answering.answer(stuck, questions(0, 3)));
    sent.await();
    assertThat(answering.drain(Duration.ofMillis(50))).isEqualTo(1);
    answering.close();
    assertThat(future.get()).allMatch(Unanswered.class::isInstance);
    assertThat(answering.counts().inDoubt()).isEqualTo(1);
    pool.shutdownNow();
    store.close();

    store = open("next");
    assertThat(store.inDoubt()).hasSize(1);
    try (var next = new Answering(store, 1)) {
      next.answer(new FakeTeacher((n, q) -> {}), questions(0, 3));
      assertThat(next.counts())
          .isEqualTo(new AnswerCounts(3, 0, 3, 0, 1, 6, 9, 0, new Cost(15, 0)));
    }
  }

  @Test
  void anInterruptedCallerSendsNothingMore() throws Exception {
    var sent = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    var teacher =
        new FakeTeacher(
            (n, q) -> {
              sent.countDown();
              release.await();
            });
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (var answering = new Answering(store, 2)) {
      Future<?> future = pool.submit(() -> answering.answer(teacher, questions(0, 20)));
      sent.await();
      pool.shutdownNow();
      assertThatThrownBy(future::get).hasCauseInstanceOf(InterruptedException.class);
      release.countDown();
      assertThat(answering.answer(teacher, questions(10, 12)))
          .as("others go on, also with questions that the first gave up")
          .allMatch(Answered.class::isInstance);
      answering.drain(Duration.ofSeconds(5));
      assertThat(teacher.asked).hasSize(4);
    }
  }

  @Test
  void aCallerWhoseConsumerThrowsSendsNothingMore() {
    var teacher = new FakeTeacher((n, q) -> {});
    try (var answering = new Answering(store, 2)) {
      assertThatThrownBy(
              () ->
                  answering.answer(
                      teacher,
                      questions(0, 1000).iterator(),
                      answer -> {
                        throw new IllegalStateException("enough");
                      }))
          .hasMessage("enough");
      assertThat(teacher.asked).hasSizeLessThan(20);
    }
  }

  @Test
  void oneSlowReplyDoesNotEmptyThePipe() throws Exception {
    var others = new CountDownLatch(399);
    var teacher =
        new FakeTeacher(
            (n, q) -> {
              if (q.equals("q0")) {
                others.await();
              } else {
                others.countDown();
              }
            });
    try (var answering = new Answering(store, 2)) {
      assertThat(answering.answer(teacher, questions(0, 400)))
          .as("all others were answered behind the first")
          .allMatch(Answered.class::isInstance);
    }
  }

  @Test
  void aBrokenStoreStopsEverything() throws Exception {
    var teacher = new FakeTeacher((n, q) -> {});
    try (var answering = new Answering(store, 2)) {
      store.close();
      assertThatThrownBy(() -> answering.answer(teacher, questions(0, 20)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("store.sqlite");
      assertThat(teacher.asked).isEmpty();
    }
  }
}
