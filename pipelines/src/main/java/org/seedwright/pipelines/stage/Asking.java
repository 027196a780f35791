package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.TeacherReply;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.ParquetRows;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.table.WriteTable;

/**
 * A paid step: render, answer, parse. Rendering writes one request for each row that asks
 * something; answering writes the replies, in the same shards and order; parsing joins rows and
 * replies shard by shard, without a shuffle and without the store. Written once for every stage
 * that asks; the stages differ in the pure functions.
 *
 * @param <R> the row that asks
 */
final class Asking<R extends Record> {
  /** Makes the prompt of a row, or none if the row has nothing to ask. */
  @FunctionalInterface
  interface Renderer<R> extends Serializable {
    Optional<Prompt> render(R row);
  }

  /**
   * Where a request comes from; no part of its identity.
   *
   * @param rootSeedId the seed at the root of the row's lineage, for people to find a request by
   * @param round of the rows that it is asked for
   * @param heuristic that is put to work, or that made the sample which is answered or judged
   */
  record Origin(String rootSeedId, int round, Optional<String> heuristic) {
    static Origin of(Sample sample) {
      return new Origin(sample.rootSeedId(), sample.round(), sample.heuristic());
    }
  }

  /** Says where the request of a row comes from. */
  @FunctionalInterface
  interface Descent<R> extends Serializable {
    Origin of(R row);
  }

  /**
   * Tells how often a row asked the very same before and was rejected, from 0: a teacher that is
   * asked again must not be answered by the store.
   */
  @FunctionalInterface
  interface Attempt<R> extends Serializable {
    int of(R row);
  }

  /** Reads what a reply to a row says, or why it cannot be used; the leaf's own parser. */
  @FunctionalInterface
  interface Reading<R> extends Serializable {
    Parsed<?> read(R row, TeacherReply reply);
  }

  /** Makes rows or rejections of a row and its reply, which is absent if none was asked for. */
  @FunctionalInterface
  interface Parser<R, O> extends Serializable {
    void parse(R row, Optional<ReplyRow> reply, Fate<O> fate);
  }

  /** Where a parsed unit goes. */
  interface Fate<O> {
    void accept(O row);

    void reject(Rejection rejection);
  }

  /** What parsing gave. */
  record Split<O>(PCollection<O> accepted, PCollection<Rejection> rejected) {}

  private final StageWork work;
  private final String label;
  private final Table<R> table;
  private final TableFolder rows;
  private final Descent<R> descent;
  private final TableFolder requests;
  private final TableFolder replies;

  /**
   * Names a paid step.
   *
   * @param prefix of its tables {@code requests} and {@code replies}
   * @param descent whose root names a request together with the stage: unlike the row's id it does
   *     not move with the version of a prompt, so that recorded replies are found again
   */
  Asking(StageWork work, String prefix, Table<R> table, TableFolder rows, Descent<R> descent) {
    this.work = work;
    this.label = work.stage() + (prefix.isEmpty() ? "" : "-" + prefix.replace("-", ""));
    this.table = table;
    this.rows = rows;
    this.descent = descent;
    this.requests = work.output(prefix + "requests");
    this.replies = work.output(prefix + "replies");
  }

  /** Renders the requests, each the first of its kind, and has them answered. */
  void ask(RoleTeacher teacher, Renderer<R> renderer, Reading<R> reading)
      throws IOException, InterruptedException {
    ask(teacher, renderer, row -> 0, reading);
  }

  /**
   * Renders the requests and has them answered.
   *
   * @param reading what it rejects counts when the first replies decide whether to go on
   */
  void ask(RoleTeacher teacher, Renderer<R> renderer, Attempt<R> attempt, Reading<R> reading)
      throws IOException, InterruptedException {
    work.job(
        label + "-render",
        pipeline ->
            pipeline
                .apply("Read", ReadTable.from(table, rows))
                .apply(
                    "Render",
                    ParDo.of(new Render<>(label, teacher.shipped(), descent, renderer, attempt)))
                .setCoder(Table.of(RequestRow.class).coder())
                .apply("Write", WriteTable.to(Table.of(RequestRow.class), requests)));
    work.answer(
        label + "-answer", teacher.role(), requests, replies, readReplies(table, rows, reading));
  }

  private static <R extends Record> ReadReplies readReplies(
      Table<R> table, TableFolder rows, Reading<R> reading) {
    return shard -> new RowsOfShard<>(table, rows.open(table, shard), reading);
  }

  /** Walks the rows of a shard to those that a reply came to. */
  private record RowsOfShard<R extends Record>(
      Table<R> table, ParquetRows.Reader<R> rows, Reading<R> reading) implements ReadReplies.Shard {
    @Override
    public Optional<Parsed.Rejected<?>> rejection(ReplyRow reply) throws IOException {
      while (rows.hasNext()) {
        R row = rows.next();
        if (table.id(row).equals(reply.id())) {
          return reading.read(row, reply.teacherReply()) instanceof Parsed.Rejected<?> rejected
              ? Optional.of(rejected)
              : Optional.empty();
        }
      }
      throw new IOException("the reply to %s has no row".formatted(reply.id()));
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }

  /** Parses rows and their replies in a pipeline. */
  <O extends Record> Split<O> parse(Pipeline pipeline, Table<O> output, Parser<R, O> parser) {
    var accepted = new TupleTag<O>("accepted");
    var rejected = new TupleTag<Rejection>("rejected");
    PCollectionTuple parsed =
        pipeline
            .apply("Shards", Create.of(rows.shards().numbers()).withCoder(VarIntCoder.of()))
            .apply(
                "ParseReplies",
                ParDo.of(new Join<>(table, rows, replies, parser, accepted, rejected))
                    .withOutputTags(accepted, TupleTagList.of(rejected)));
    return new Split<>(
        parsed.get(accepted).setCoder(output.coder()),
        parsed.get(rejected).setCoder(Table.of(Rejection.class).coder()));
  }

  /** Parses rows and their replies into the stage's main table and its rejections. */
  void parseTo(String job, Parser<R, Sample> parser) {
    parseTo(job, "", Table.of(Sample.class), Rejection.TABLE, parser);
  }

  /** Parses rows and their replies into two tables of the stage. */
  <O extends Record> void parseTo(
      String job,
      String acceptedTable,
      Table<O> output,
      String rejectedTable,
      Parser<R, O> parser) {
    var accepted = work.output(acceptedTable);
    var rejected = work.output(rejectedTable);
    work.job(
        job,
        pipeline -> {
          Split<O> parsed = parse(pipeline, output, parser);
          parsed.accepted().apply("WriteAccepted", WriteTable.to(output, accepted));
          parsed
              .rejected()
              .apply("WriteRejected", WriteTable.to(Table.of(Rejection.class), rejected));
        });
  }

  private static final class Render<R extends Record> extends DoFn<R, RequestRow> {
    private final String label;
    private final RoleTeacher.Shipped teacher;
    private final Descent<R> descent;
    private final Renderer<R> renderer;
    private final Attempt<R> attempt;

    Render(
        String label,
        RoleTeacher.Shipped teacher,
        Descent<R> descent,
        Renderer<R> renderer,
        Attempt<R> attempt) {
      this.label = label;
      this.teacher = teacher;
      this.descent = descent;
      this.renderer = renderer;
      this.attempt = attempt;
    }

    @ProcessElement
    @SuppressWarnings("unchecked")
    public void render(@Element R row, OutputReceiver<RequestRow> out) {
      String id = Table.of((Class<R>) row.getClass()).id(row);
      renderer
          .render(row)
          .ifPresent(
              prompt ->
                  out.output(
                      RequestRow.of(
                          label, id, teacher.arrived(), prompt, attempt.of(row), descent.of(row))));
    }
  }

  /** Walks the shard of the rows and that of their replies side by side: both are sorted by id. */
  private static final class Join<R extends Record, O> extends DoFn<Integer, O> {
    private final Table<R> table;
    private final TableFolder rows;
    private final TableFolder replies;
    private final Parser<R, O> parser;
    private final TupleTag<O> accepted;
    private final TupleTag<Rejection> rejected;

    Join(
        Table<R> table,
        TableFolder rows,
        TableFolder replies,
        Parser<R, O> parser,
        TupleTag<O> accepted,
        TupleTag<Rejection> rejected) {
      this.table = table;
      this.rows = rows;
      this.replies = replies;
      this.parser = parser;
      this.accepted = accepted;
      this.rejected = rejected;
    }

    @ProcessElement
    public void join(@Element Integer shard, MultiOutputReceiver out) throws IOException {
      Fate<O> fate =
          new Fate<>() {
            @Override
            public void accept(O row) {
              out.get(accepted).output(row);
            }

            @Override
            public void reject(Rejection rejection) {
              out.get(rejected).output(rejection);
            }
          };
      try (var left = rows.open(table, shard);
          var right = replies.open(Table.of(ReplyRow.class), shard)) {
        Optional<ReplyRow> reply = next(right);
        while (left.hasNext()) {
          R row = left.next();
          if (reply.isPresent() && reply.get().id().equals(table.id(row))) {
            parser.parse(row, reply, fate);
            reply = next(right);
          } else {
            parser.parse(row, Optional.empty(), fate);
          }
        }
        if (reply.isPresent()) {
          throw new IOException(
              "%s: the reply to %s has no row in %s"
                  .formatted(replies.part(shard), reply.get().id(), rows.part(shard)));
        }
      }
    }

    private static Optional<ReplyRow> next(Iterator<ReplyRow> replies) {
      return replies.hasNext() ? Optional.of(replies.next()) : Optional.empty();
    }
  }
}
