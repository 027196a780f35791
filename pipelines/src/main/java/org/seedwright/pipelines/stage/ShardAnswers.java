package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.teacher.Answer;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.Question;
import org.seedwright.pipelines.teacher.Teacher;

/** Answers one shard of requests: read in their order, many calls open, written in that order. */
final class ShardAnswers {
  private ShardAnswers() {}

  /**
   * Writes the replies to a shard of requests.
   *
   * @param unanswered is handed every request that stays without a reply
   */
  static void write(
      Answering answering,
      Teacher teacher,
      int shard,
      TableFolder requests,
      TableFolder replies,
      BiConsumer<RequestRow, Answer.Unanswered> unanswered)
      throws IOException, InterruptedException {
    // Names a hidden file: a worker taken for dead may still write the same shard.
    String attempt = UUID.randomUUID().toString();
    try (var asked = requests.open(Table.of(RequestRow.class), shard);
        var part = new PartWriter<>(Table.of(ReplyRow.class), replies, shard, attempt)) {
      // Requests are read ahead of their replies, as far as calls are open.
      var waiting = new ArrayDeque<RequestRow>();
      Iterator<Question> questions =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return asked.hasNext();
            }

            @Override
            public Question next() {
              RequestRow row = asked.next();
              waiting.add(row);
              return new Question(row.label(), row.request(), row.maxOutputTokens());
            }
          };
      answering.answer(
          teacher,
          questions,
          answer -> {
            RequestRow request = waiting.remove();
            if (answer instanceof Answer.Answered answered) {
              try {
                part.write(ReplyRow.of(request, answered.reply()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            } else {
              unanswered.accept(request, (Answer.Unanswered) answer);
            }
          });
      part.complete();
    }
  }
}
