package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.instruct.Sample;
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

  /** Makes samples or rejections of a row and its reply, which is absent if none was asked for. */
  @FunctionalInterface
  interface Parser<R> extends Serializable {
    void parse(R row, Optional<ReplyRow> reply, Fate fate);
  }

  /** Where a parsed unit goes. */
  interface Fate {
    void accept(Sample sample);

    void reject(Rejection rejection);
  }

  static final TupleTag<Sample> ACCEPTED = new TupleTag<>() {};
  static final TupleTag<Rejection> REJECTED = new TupleTag<>() {};

  private final StageWork work;
  private final String label;
  private final Table<R> table;
  private final TableFolder rows;
  private final TableFolder requests;
  private final TableFolder replies;

  /**
   * Names a paid step.
   *
   * @param prefix of its tables {@code requests} and {@code replies}
   */
  Asking(StageWork work, String prefix, Table<R> table, TableFolder rows) {
    this.work = work;
    this.label = work.stage() + (prefix.isEmpty() ? "" : "-" + prefix.replace("-", ""));
    this.table = table;
    this.rows = rows;
    this.requests = work.output(prefix + "requests");
    this.replies = work.output(prefix + "replies");
  }

  /** Renders the requests and has them answered. */
  void ask(RoleTeacher teacher, Renderer<R> renderer) throws IOException, InterruptedException {
    work.job(
        label + "-render",
        pipeline ->
            pipeline
                .apply("Read", ReadTable.from(table, rows))
                .apply("Render", ParDo.of(new Render<>(label, teacher.shipped(), renderer)))
                .setCoder(Table.of(RequestRow.class).coder())
                .apply("Write", WriteTable.to(Table.of(RequestRow.class), requests)));
    work.answer(label + "-answer", requests, replies);
  }

  /**
   * Returns the transform that parses rows and their replies into {@link #ACCEPTED} and {@link
   * #REJECTED}.
   */
  PTransform<PBegin, PCollectionTuple> parse(Parser<R> parser) {
    var join = new Join<>(table, rows, replies, parser);
    return new PTransform<>() {
      @Override
      public PCollectionTuple expand(PBegin begin) {
        PCollectionTuple parsed =
            begin
                .apply("Shards", Create.of(rows.shards().numbers()).withCoder(VarIntCoder.of()))
                .apply(
                    "JoinReplies",
                    ParDo.of(join).withOutputTags(ACCEPTED, TupleTagList.of(REJECTED)));
        parsed.get(ACCEPTED).setCoder(Table.of(Sample.class).coder());
        parsed.get(REJECTED).setCoder(Table.of(Rejection.class).coder());
        return parsed;
      }
    };
  }

  private static final class Render<R extends Record> extends DoFn<R, RequestRow> {
    private final String label;
    private final RoleTeacher.Shipped teacher;
    private final Renderer<R> renderer;

    Render(String label, RoleTeacher.Shipped teacher, Renderer<R> renderer) {
      this.label = label;
      this.teacher = teacher;
      this.renderer = renderer;
    }

    @ProcessElement
    @SuppressWarnings("unchecked")
    public void render(@Element R row, OutputReceiver<RequestRow> out) {
      String id = Table.of((Class<R>) row.getClass()).id(row);
      renderer
          .render(row)
          .ifPresent(prompt -> out.output(RequestRow.of(label, id, teacher.arrived(), prompt)));
    }
  }

  /** Walks the shard of the rows and that of their replies side by side: both are sorted by id. */
  private static final class Join<R extends Record> extends DoFn<Integer, Sample> {
    private final Table<R> table;
    private final TableFolder rows;
    private final TableFolder replies;
    private final Parser<R> parser;

    Join(Table<R> table, TableFolder rows, TableFolder replies, Parser<R> parser) {
      this.table = table;
      this.rows = rows;
      this.replies = replies;
      this.parser = parser;
    }

    @ProcessElement
    public void join(@Element Integer shard, MultiOutputReceiver out) throws IOException {
      Fate fate =
          new Fate() {
            @Override
            public void accept(Sample sample) {
              out.get(ACCEPTED).output(sample);
            }

            @Override
            public void reject(Rejection rejection) {
              out.get(REJECTED).output(rejection);
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
