package org.seedwright.pipelines.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.engine.LocalEngine;
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

class ShardAnswersTest {
  private static final int CONCURRENCY = 16;
  private static final int QUESTIONS = 96;
  private static final Shards SHARDS = new Shards(12);

  @TempDir Path scratch;

  /**
   * Answers a question only while as many are open as may be, or all that are left: a caller that
   * lets calls run out at the end of a shard is never answered.
   */
  private static final class OnlyFull implements Teacher {
    private int begun;
    private int open;

    @Override
    public synchronized Reply ask(TeacherRequest request, int maxOutputTokens)
        throws TeacherException, InterruptedException {
      begun++;
      open++;
      notifyAll();
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (open < CONCURRENCY && begun < QUESTIONS) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new FinalTeacherException(
              FailureKind.BAD_REQUEST,
              OptionalInt.empty(),
              "%d open after %d questions".formatted(open, begun));
        }
        wait(left);
      }
      open--;
      return new Reply(
          request.key(),
          Ending.STOP,
          "echo " + request.messages().get(0).content(),
          Optional.empty(),
          "fake",
          2,
          3,
          maxOutputTokens,
          Mark.TEACHER);
    }
  }

  @Test
  void callsStayOpenFromShardToShardUpToTheLastQuestions() throws Exception {
    NumberedRequests.write(folder("requests"), QUESTIONS);
    for (int slots : List.of(1, 2)) {
      try (var store =
              SqliteResponseStore.open(
                  scratch.resolve("store-" + slots), "test", Clock.systemUTC());
          var answering = new Answering(store, CONCURRENCY);
          var engine = new LocalEngine(slots)) {
        new TeacherAnswers(answering, Map.of("main", new OnlyFull()), unanswered -> {}, true)
            .answer(
                "answer",
                "main",
                engine,
                folder("requests"),
                folder("replies-" + slots),
                shard -> {
                  throw new IllegalStateException("replies are not read as they come");
                });
        assertThat(answering.counts().paidCalls()).isEqualTo(QUESTIONS);
      }
      for (int shard : SHARDS.numbers()) {
        assertThat(ids(RequestRow.class, "requests", shard))
            .isEqualTo(ids(ReplyRow.class, "replies-" + slots, shard));
      }
    }
  }

  private <T extends Record> List<String> ids(Class<T> type, String name, int shard)
      throws IOException {
    Table<T> table = Table.of(type);
    var ids = new ArrayList<String>();
    try (var rows = folder(name).open(table, shard)) {
      rows.forEachRemaining(row -> ids.add(table.id(row)));
    }
    return ids;
  }

  private TableFolder folder(String name) {
    return new TableFolder(scratch.toString(), name + "/", SHARDS);
  }
}
