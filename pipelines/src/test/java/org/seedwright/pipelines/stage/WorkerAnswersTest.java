package org.seedwright.pipelines.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.engine.EngineException;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.FailureKind;
import org.seedwright.pipelines.teacher.FinalTeacherException;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.teacher.TeacherException;
import org.seedwright.pipelines.workspace.Spend;
import org.seedwright.pipelines.workspace.TeacherUse;

/** Workers are slots of the local engine here; the store is one that a single process may open. */
class WorkerAnswersTest {
  private static final Shards SHARDS = new Shards(4);

  private static final ReadReplies ALL_GOOD = shard -> new Judging(Optional.empty());

  private static final ReadReplies ALL_BAD =
      shard ->
          new Judging(Optional.of(new Parsed.Rejected<>(Reason.MARKERS_MISSING, "there are none")));

  private static final AtomicInteger ASKED = new AtomicInteger();

  @TempDir Path scratch;

  @BeforeEach
  void nobodyWasAsked() {
    ASKED.set(0);
  }

  /** Says the same of every reply. */
  private record Judging(Optional<Parsed.Rejected<?>> verdict) implements ReadReplies.Shard {
    @Override
    public Optional<Parsed.Rejected<?>> rejection(ReplyRow reply) {
      return verdict;
    }

    @Override
    public void close() {}
  }

  /** Opens a store and a teacher that echoes, and refuses one question. */
  private record Echo(String store, String refused, long tokens) implements AnswerSettings {
    @Override
    public Desk open() {
      var shared =
          SqliteResponseStore.open(
              Path.of(store),
              "test",
              new Budget(OptionalLong.of(tokens), OptionalLong.empty()),
              Clock.systemUTC());
      Teacher teacher = this::ask;
      return new Desk(new Answering(shared, 4), Map.of("main", teacher), shared);
    }

    private Reply ask(TeacherRequest request, int maxOutputTokens) throws TeacherException {
      ASKED.incrementAndGet();
      String question = request.messages().get(0).content();
      if (question.equals(refused)) {
        throw new FinalTeacherException(FailureKind.BAD_REQUEST, OptionalInt.of(400), "refused");
      }
      return new Reply(
          request.key(),
          Ending.STOP,
          "echo " + question,
          Optional.empty(),
          "fake",
          2,
          3,
          maxOutputTokens,
          Mark.TEACHER);
    }
  }

  @Test
  void slotsShareOneDeskAndItsAccountsComeBack() throws Exception {
    NumberedRequests.write(folder("requests"), 60);

    TeacherUse first = answer("replies", "");
    TeacherUse second = answer("again", "");

    assertThat(first).isEqualTo(use(0, 60));
    assertThat(second).isEqualTo(use(60, 0));
    assertThat(texts("replies")).hasSize(60).isEqualTo(texts("again"));
  }

  @Test
  void whatStaysUnansweredStopsTheStepAndIsShown() throws Exception {
    NumberedRequests.write(folder("requests"), 60);

    assertThatThrownBy(() -> answer("replies", "question 7"))
        .isInstanceOf(StageStoppedException.class)
        .hasMessageContaining("1 requests have no reply")
        .hasMessageContaining("refused");

    assertThat(answer("again", "")).isEqualTo(use(59, 1));
  }

  @Test
  void aStepOfRejectedRepliesEndsAtOnceAndWhatCameIsNotAskedAgain() throws Exception {
    NumberedRequests.write(folder("requests"), 400);

    assertThatThrownBy(() -> answer("replies", echo(""), ALL_BAD, false))
        .isInstanceOf(EngineException.class)
        .cause()
        .isInstanceOf(TooManyRejectsException.class)
        .hasMessageStartingWith("answer: the parser rejects 50 of the first 50 replies")
        .hasMessageContaining("markers-missing: there are none; the reply begins: echo question");
    // What was taken up ahead of the fiftieth may be on its way.
    assertThat(ASKED.get()).isBetween(50, 200);

    answer("again", echo(""), ALL_BAD, true);

    assertThat(ASKED.get()).isEqualTo(400);
    assertThat(texts("again")).hasSize(400);
  }

  @Test
  void aStepThatTheBudgetEndsAsksForALargerOne() throws Exception {
    NumberedRequests.write(folder("requests"), 60);
    // The worst case of a request is some two hundred tokens, a reply costs five.
    var poor = new Echo(scratch.resolve("store.sqlite").toString(), "", 350);

    assertThatThrownBy(() -> answer("replies", poor, ALL_GOOD, false))
        .isInstanceOf(StageStoppedException.class)
        .hasMessageContaining("requests have no reply; with a larger budget in limits the same");

    int asked = ASKED.get();
    assertThat(asked).isBetween(1, 59);
    answer("again", echo(""), ALL_GOOD, false);
    assertThat(ASKED.get()).isEqualTo(60);
  }

  @Test
  void ofWhatSeveralShardsLeftTheBudgetComesFirst() {
    var refused = new WithoutReply(2, 0, List.of("refused 1", "refused 2"));
    var poor = new WithoutReply(5, 1, List.of("over budget", "not sent 1", "not sent 2"));

    assertThat(refused.plus(poor))
        .isEqualTo(new WithoutReply(7, 1, List.of("over budget", "not sent 1", "not sent 2")));
    assertThat(refused.plus(refused).examples())
        .containsExactly("refused 1", "refused 2", "refused 1");
    WithoutReply.NONE.stop("answer");
  }

  /** Of sixty requests, all answered; nothing has a price. */
  private static TeacherUse use(long storeHits, long paidCalls) {
    return new TeacherUse(
        60,
        storeHits,
        paidCalls,
        0,
        2 * paidCalls,
        3 * paidCalls,
        0,
        0,
        0,
        0,
        List.of(new Spend("main", 0, "", 60, paidCalls, 0, 120, 180, 0)));
  }

  private Echo echo(String refused) {
    return new Echo(scratch.resolve("store.sqlite").toString(), refused, Long.MAX_VALUE);
  }

  private TeacherUse answer(String replies, String refused) throws IOException {
    return answer(replies, echo(refused), ALL_GOOD, false);
  }

  private TeacherUse answer(String replies, Echo settings, ReadReplies read, boolean keepGoing)
      throws IOException {
    try (var engine = new LocalEngine(2)) {
      return new WorkerAnswers(settings, keepGoing)
          .answer("answer", "main", engine, folder("requests"), folder(replies), read);
    }
  }

  private TableFolder folder(String name) {
    return new TableFolder(scratch.toString(), name + "/", SHARDS);
  }

  private List<String> texts(String replies) throws IOException {
    var texts = new ArrayList<String>();
    for (int shard : SHARDS.numbers()) {
      try (var rows = folder(replies).open(Table.of(ReplyRow.class), shard)) {
        rows.forEachRemaining(row -> texts.add(row.toString()));
      }
    }
    return texts;
  }
}
