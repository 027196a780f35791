package org.seedwright.pipelines.stage;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.seedwright.pipelines.table.ParquetRows;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.teacher.Answer;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.Question;
import org.seedwright.pipelines.teacher.Teacher;

/**
 * Answers shards of requests one after the other: read in their order, many calls open, written in
 * that order. The requests of the next shard are asked while the last replies of one are awaited,
 * so that calls stay open up to the end of the last shard.
 */
final class ShardAnswers {
  /** What becomes of the requests of a shard. */
  interface Taker extends Closeable {
    /** Is told of a reply, which is written. */
    void answered(RequestRow request, Answer.Answered answered, ReplyRow reply) throws IOException;

    /** Is told of a request that stays without a reply. */
    void unanswered(RequestRow request, Answer.Unanswered answer);

    /** Is told that the replies of the shard are written. */
    void completed() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Where takers come from. */
  interface Takers {
    Taker open(int shard) throws IOException;
  }

  private final TableFolder requests;
  private final TableFolder replies;
  private final Takers takers;

  /**
   * Prepares to write replies.
   *
   * @param takers one of theirs that throws leaves its shard and those after it unwritten
   */
  ShardAnswers(TableFolder requests, TableFolder replies, Takers takers) {
    this.requests = requests;
    this.replies = replies;
    this.takers = takers;
  }

  /** Writes the replies to shards of requests. */
  void write(Answering answering, Teacher teacher, List<Integer> shards)
      throws IOException, InterruptedException {
    try (var asking = new Asking(shards.iterator());
        var writing = new Writing(shards.iterator())) {
      answering.answer(
          teacher,
          asking,
          answer -> {
            try {
              writing.take(asking.waiting.remove(), answer);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      writing.completeAll();
    }
  }

  private record Waiting(int shard, RequestRow request) {}

  /** The questions of all shards; requests are read ahead of their replies. */
  private final class Asking implements Iterator<Question>, Closeable {
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final Iterator<Integer> shards;
    private int shard;
    private ParquetRows.Reader<RequestRow> rows;

    Asking(Iterator<Integer> shards) {
      this.shards = shards;
    }

    @Override
    public boolean hasNext() {
      try {
        while (rows == null || !rows.hasNext()) {
          if (!shards.hasNext()) {
            return false;
          }
          close();
          shard = shards.next();
          rows = requests.open(Table.of(RequestRow.class), shard);
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Question next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all requests were asked");
      }
      RequestRow row = rows.next();
      waiting.add(new Waiting(shard, row));
      return new Question(row.label(), row.request(), row.maxOutputTokens());
    }

    @Override
    public void close() throws IOException {
      if (rows != null) {
        rows.close();
        rows = null;
      }
    }
  }

  /** The replies of all shards; one shard is written at a time. */
  private final class Writing implements Closeable {
    private final Iterator<Integer> shards;

    // Names hidden files: a worker taken for dead may still write the same shards.
    private final String attempt = UUID.randomUUID().toString();
    private int shard;
    private PartWriter<ReplyRow> part;
    private Taker taker;

    Writing(Iterator<Integer> shards) {
      this.shards = shards;
    }

    void take(Waiting waiting, Answer answer) throws IOException {
      while (part == null || shard != waiting.shard) {
        completeAndOpenNext();
      }
      if (answer instanceof Answer.Answered answered) {
        ReplyRow reply = ReplyRow.of(waiting.request, answered.reply());
        part.write(reply);
        taker.answered(waiting.request, answered, reply);
      } else {
        taker.unanswered(waiting.request, (Answer.Unanswered) answer);
      }
    }

    private void completeAndOpenNext() throws IOException {
      complete();
      shard = shards.next();
      taker = takers.open(shard);
      part = new PartWriter<>(Table.of(ReplyRow.class), replies, shard, attempt);
    }

    private void complete() throws IOException {
      if (part != null) {
        part.complete();
        taker.completed();
      }
      close();
    }

    void completeAll() throws IOException {
      while (shards.hasNext()) {
        completeAndOpenNext();
      }
      complete();
    }

    @Override
    public void close() throws IOException {
      if (part == null) {
        return;
      }
      try {
        part.close();
      } finally {
        part = null;
        taker.close();
      }
    }
  }
}
