package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.teacher.Answer;
import org.seedwright.pipelines.teacher.AnswerCounts;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.workspace.TeacherUse;

/**
 * Answers the requests of a stage in a Beam job whose elements are shards: a shard's requests are
 * read, answered in their order with many calls open, and written as the shard of the replies. It
 * runs in the process of the command, where the store is. A step whose first replies are mostly
 * rejected by its parser is stopped before the rest is paid for.
 */
public final class TeacherAnswers implements StageWork.Answers {
  private static final Map<Long, Step> HERE = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong();

  /** How long replies are awaited that are open when a step stops early. */
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final Answering answering;
  private final Map<String, Teacher> teachers;
  private final List<Answer.Unanswered> unanswered = new ArrayList<>();
  private final Consumer<RequestRow> outstanding;
  private final boolean keepGoing;
  private final AtomicLong expected = new AtomicLong();
  private final SpendCount spend = new SpendCount();

  /** Thrown through the answering, which then sends nothing more for the shard. */
  private static final class Stop extends RuntimeException {
    Stop() {
      super("too many rejects");
    }
  }

  /**
   * Answers through one answering.
   *
   * @param teachers by the role that the stages ask for
   */
  public TeacherAnswers(Answering answering, Map<String, Teacher> teachers) {
    this(answering, teachers, request -> {}, false);
  }

  /**
   * Answers through one answering.
   *
   * @param teachers by the role that the stages ask for
   * @param outstanding is handed every request that stays without a reply
   * @param keepGoing whether a step goes on though more than half of its first replies are rejected
   */
  public TeacherAnswers(
      Answering answering,
      Map<String, Teacher> teachers,
      Consumer<RequestRow> outstanding,
      boolean keepGoing) {
    this.answering = answering;
    this.teachers = Map.copyOf(teachers);
    this.outstanding = outstanding;
    this.keepGoing = keepGoing;
  }

  @Override
  public TeacherUse answer(
      String job,
      String role,
      Engine engine,
      TableFolder requests,
      TableFolder replies,
      ReadReplies read)
      throws IOException {
    requests.summaries().forEach(part -> expected.addAndGet(part.hash().rows()));
    AnswerCounts before = answering.counts();
    spend.take();
    long handle = NEXT.incrementAndGet();
    var first = keepGoing ? FirstReplies.unwatched() : FirstReplies.watched();
    HERE.put(handle, new Step(role, requests, replies, read, first));
    try {
      Pipeline pipeline = Pipeline.create(engine.options(job));
      pipeline
          .apply("Shards", Create.of(requests.shards().numbers()).withCoder(VarIntCoder.of()))
          .apply("Answer", ParDo.of(new AnswerShards(handle)))
          .setCoder(VarIntCoder.of());
      engine.run(pipeline);
    } finally {
      HERE.remove(handle);
    }
    if (first.tooManyRejects()) {
      throw first.exception(job);
    }
    taken().stop(job);
    return since(before, answering.counts()).withSpend(spend.take());
  }

  /** Returns how many requests the steps had that were begun so far. */
  public long expected() {
    return expected.get();
  }

  private synchronized WithoutReply taken() {
    WithoutReply left = WithoutReply.of(unanswered);
    unanswered.clear();
    return left;
  }

  /** Returns what an answering did from its beginning on; of what it spent, all on failures. */
  static TeacherUse use(AnswerCounts counts) {
    return since(new AnswerCounts(0, 0, 0, 0, 0, 0, 0, 0, Cost.FREE), counts);
  }

  private static TeacherUse since(AnswerCounts before, AnswerCounts after) {
    return new TeacherUse(
        after.requests() - before.requests(),
        after.storeHits() - before.storeHits(),
        after.paidCalls() - before.paidCalls(),
        after.inDoubt() - before.inDoubt(),
        after.inputTokens() - before.inputTokens(),
        after.outputTokens() - before.outputTokens(),
        after.retries() - before.retries(),
        0,
        after.spent().nanoUsd() - before.spent().nanoUsd(),
        0,
        List.of());
  }

  private static final class AnswerShards extends DoFn<Integer, Integer> {
    private final long handle;
    private transient List<Integer> shards;

    AnswerShards(long handle) {
      this.handle = handle;
    }

    @StartBundle
    @SuppressWarnings("EffectivelyPrivate") // Beam calls it.
    public void begin() {
      shards = new ArrayList<>();
    }

    @ProcessElement
    public void take(@Element Integer shard) {
      shards.add(shard);
    }

    /** Answers the shards together: no call waits for the last replies of a shard. */
    @FinishBundle
    @SuppressWarnings("EffectivelyPrivate") // Beam calls it.
    public void answer() throws IOException, InterruptedException {
      Step step = HERE.get(handle);
      if (step == null) {
        throw new IOException(
            "the answer step runs in the process of the command, where the store is");
      }
      step.answer(shards);
    }
  }

  /** One answer step in this process. */
  private final class Step {
    private final String role;
    private final TableFolder requests;
    private final TableFolder replies;
    private final ReadReplies read;
    private final FirstReplies first;

    Step(
        String role,
        TableFolder requests,
        TableFolder replies,
        ReadReplies read,
        FirstReplies first) {
      this.role = role;
      this.requests = requests;
      this.replies = replies;
      this.read = read;
      this.first = first;
    }

    void answer(List<Integer> shards) throws IOException, InterruptedException {
      try {
        new ShardAnswers(requests, replies, this::open)
            .write(answering, teachers.get(role), shards);
      } catch (Stop stop) {
        // The shard stays without replies. Those that are on their way are paid for: store them.
        answering.drain(DRAIN);
      }
    }

    private ShardAnswers.Taker open(int shard) throws IOException {
      FirstReplies.Reading rows = first.reading(read, shard);
      return new ShardAnswers.Taker() {
        @Override
        public void answered(RequestRow request, Answer.Answered answered, ReplyRow reply)
            throws IOException {
          take(request, answered, reply, rows);
        }

        @Override
        public void unanswered(RequestRow request, Answer.Unanswered answer) {
          if (first.tooManyRejects()) {
            throw new Stop();
          }
          leave(answer, request);
        }

        @Override
        public void completed() {
          // What is told of a step is told of all its shards together.
        }

        @Override
        public void close() throws IOException {
          rows.close();
        }
      };
    }

    private void take(
        RequestRow request, Answer.Answered answered, ReplyRow reply, FirstReplies.Reading rows)
        throws IOException {
      spend.add(request, answered, teachers.get(role).terms().price());
      rows.take(request, reply);
      if (first.tooManyRejects()) {
        throw new Stop();
      }
    }
  }

  private synchronized void leave(Answer.Unanswered answer, RequestRow request) {
    unanswered.add(answer);
    outstanding.accept(request);
  }
}
