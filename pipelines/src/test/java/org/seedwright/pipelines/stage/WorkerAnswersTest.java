package org.seedwright.pipelines.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.table.PartWriter;
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

  private static final ReadReplies NOT_READ =
      shard -> {
        throw new IllegalStateException("replies are not read as they come");
      };

  @TempDir Path scratch;

  /** Opens a store and a teacher that echoes, and refuses one question. */
  private record Echo(String store, String refused) implements AnswerSettings {
    @Override
    public Desk open() {
      var shared = SqliteResponseStore.open(Path.of(store), "test", Clock.systemUTC());
      Teacher teacher = this::ask;
      return new Desk(new Answering(shared, 4), Map.of("main", teacher), shared);
    }

    private Reply ask(TeacherRequest request, int maxOutputTokens) throws TeacherException {
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
    write(60);

    TeacherUse first = answer("replies", "");
    TeacherUse second = answer("again", "");

    assertThat(first).isEqualTo(use(0, 60));
    assertThat(second).isEqualTo(use(60, 0));
    assertThat(texts("replies")).hasSize(60).isEqualTo(texts("again"));
  }

  @Test
  void whatStaysUnansweredStopsTheStepAndIsShown() throws Exception {
    write(60);

    assertThatThrownBy(() -> answer("replies", "question 7"))
        .isInstanceOf(StageStoppedException.class)
        .hasMessageContaining("1 requests have no reply")
        .hasMessageContaining("refused");

    assertThat(answer("again", "")).isEqualTo(use(59, 1));
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

  private TeacherUse answer(String replies, String refused) throws IOException {
    var settings = new Echo(scratch.resolve("store.sqlite").toString(), refused);
    try (var engine = new LocalEngine(2)) {
      return new WorkerAnswers(settings)
          .answer("answer", "main", engine, folder("requests"), folder(replies), NOT_READ);
    }
  }

  private TableFolder folder(String name) {
    return new TableFolder(scratch.toString(), name + "/", SHARDS);
  }

  private void write(int rows) throws IOException {
    List<RequestRow> all =
        IntStream.range(0, rows)
            .mapToObj(WorkerAnswersTest::row)
            .sorted(Comparator.comparing(RequestRow::id))
            .toList();
    for (int shard : SHARDS.numbers()) {
      try (var part =
          new PartWriter<>(Table.of(RequestRow.class), folder("requests"), shard, "test")) {
        for (RequestRow row : all) {
          if (SHARDS.of(row.id()) == shard) {
            part.write(row);
          }
        }
        part.complete();
      }
    }
  }

  private static RequestRow row(int n) {
    var request =
        TeacherRequest.of(
            "fake", List.of(new Message(Role.USER, "question " + n)), Decoding.greedy());
    return new RequestRow(
        "row-%03d".formatted(n),
        "test/" + n,
        "main",
        "p",
        "d",
        request.key(),
        request,
        100,
        Optional.of(0),
        Optional.empty());
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
