package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.UUID;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.teacher.Answer;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.Question;
import org.seedwright.pipelines.teacher.Teacher;

/** Answers one shard of requests: read in their order, many calls open, written in that order. */
final class ShardAnswers {
  /** What becomes of the requests of a shard. */
  interface Taker {
    /** Is told of a reply, which is written. */
    void answered(RequestRow request, Answer.Answered answered, ReplyRow reply) throws IOException;

    /** Is told of a request that stays without a reply. */
    void unanswered(RequestRow request, Answer.Unanswered answer);
  }

  private ShardAnswers() {}

  /** Writes the replies to a shard of requests; a taker that throws leaves the shard unwritten. */
  static void write(
      Answering answering,
      Teacher teacher,
      int shard,
      TableFolder requests,
      TableFolder replies,
      Taker taker)
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
                ReplyRow reply = ReplyRow.of(request, answered.reply());
                part.write(reply);
                taker.answered(request, answered, reply);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            } else {
              taker.unanswered(request, (Answer.Unanswered) answer);
            }
          });
      part.complete();
    }
  }
}
