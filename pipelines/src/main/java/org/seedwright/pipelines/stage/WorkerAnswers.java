package org.seedwright.pipelines.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.teacher.Answer;
import org.seedwright.pipelines.teacher.AnswerCounts;
import org.seedwright.pipelines.teacher.Price;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.workspace.Spend;
import org.seedwright.pipelines.workspace.TeacherUse;

/**
 * Has the workers of a cluster answer, each in its own process with a store that all share. What
 * they did comes back in small files beside the replies, hidden, which never get into a stage:
 * accounts of a worker when its last slot is done, and of a shard what stayed unanswered. A shard
 * that is done again writes its file again. Calls of a process that was killed are missing here;
 * the account of the run in the store has them. Each process watches the first replies that come to
 * it: one whose parser rejects most of them ends the step for all.
 */
public final class WorkerAnswers implements StageWork.Answers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = ".account-";

  /** How long replies are awaited that are open when a step stops early. */
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final AnswerSettings settings;
  private final boolean keepGoing;

  /**
   * @param keepGoing whether a step goes on though more than half of its first replies are rejected
   */
  public WorkerAnswers(AnswerSettings settings, boolean keepGoing) {
    this.settings = settings;
    this.keepGoing = keepGoing;
  }

  /** What a shard leaves behind: requests without a reply, and what the replies cost. */
  private record Left(WithoutReply withoutReply, List<Spend> spend) {}

  /** What travels to the workers. */
  private record Step(
      String job,
      String role,
      TableFolder requests,
      TableFolder replies,
      ReadReplies read,
      boolean keepGoing)
      implements Serializable {}

  @Override
  public TeacherUse answer(
      String job,
      String role,
      Engine engine,
      TableFolder requests,
      TableFolder replies,
      ReadReplies read)
      throws IOException {
    Pipeline pipeline = Pipeline.create(engine.options(job));
    pipeline
        .apply("Shards", Create.of(requests.shards().numbers()).withCoder(VarIntCoder.of()))
        .apply(
            "Answer",
            ParDo.of(
                new AnswerShards(
                    settings, new Step(job, role, requests, replies, read, keepGoing))))
        .setCoder(VarIntCoder.of());
    engine.run(pipeline);
    List<Spend> spend = spent(job, replies);
    TeacherUse use = TeacherUse.NONE;
    for (MatchResult.Metadata file :
        FileSystems.match(replies.path() + "/" + ACCOUNT + "*", EmptyMatchTreatment.ALLOW)
            .metadata()) {
      use = use.plus(TeacherAnswers.use(read(file, AnswerCounts.class)));
    }
    long rows = requests.summaries().stream().mapToLong(part -> part.hash().rows()).sum();
    return use.ofRequests(rows).withSpend(spend);
  }

  /**
   * Returns what the replies cost.
   *
   * @throws StageStoppedException if a request stayed without one
   */
  private static List<Spend> spent(String job, TableFolder replies) throws IOException {
    var spend = new ArrayList<Spend>();
    WithoutReply without = WithoutReply.NONE;
    for (int shard : replies.shards().numbers()) {
      Left left = read(FileSystems.matchSingleFileSpec(left(replies, shard)), Left.class);
      without = without.plus(left.withoutReply);
      spend.addAll(left.spend);
    }
    without.stop(job);
    return spend;
  }

  private static String left(TableFolder replies, int shard) {
    return replies.path() + "/.left-" + shard;
  }

  private static <T> T read(MatchResult.Metadata file, Class<T> type) throws IOException {
    try (var in = Channels.newInputStream(FileSystems.open(file.resourceId()))) {
      return JSON.readValue(in, type);
    }
  }

  /** Writes a file beside the replies, whole or not at all. */
  private static void write(TableFolder replies, String file, Object content) throws IOException {
    var hidden =
        FileSystems.matchNewResource(replies.path() + "/.writing-" + UUID.randomUUID(), false);
    try (OutputStream out =
        Channels.newOutputStream(FileSystems.create(hidden, "application/json"))) {
      out.write(JSON.writeValueAsBytes(content));
    }
    FileSystems.rename(
        List.of(hidden),
        List.of(FileSystems.matchNewResource(file, false)),
        MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private static final class AnswerShards extends DoFn<Integer, Integer> {
    private final AnswerSettings settings;
    private final Step step;
    private transient Optional<AnswerSettings.Desk> desk;
    private transient List<Integer> shards;

    AnswerShards(AnswerSettings settings, Step step) {
      this.settings = settings;
      this.step = step;
    }

    @Setup
    @SuppressWarnings("EffectivelyPrivate") // Beam calls it.
    public void enter() throws IOException {
      desk = Optional.of(OpenDesks.enter(settings));
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
      AnswerSettings.Desk here = desk.orElseThrow();
      Teacher teacher = here.teachers().get(step.role);
      FirstReplies first =
          step.keepGoing
              ? FirstReplies.unwatched()
              : OpenDesks.watched(settings, step.replies.path());
      Price price = teacher.terms().price();
      try {
        new ShardAnswers(
                step.requests, step.replies, shard -> new Leaving(step, shard, first, price))
            .write(here.answering(), teacher, shards);
      } catch (TooManyRejectsException e) {
        // The job ends by it. Replies that are on their way are paid for: store them.
        here.answering().drain(DRAIN);
        throw e;
      }
    }

    @Teardown
    @SuppressWarnings("EffectivelyPrivate") // Beam calls it.
    public void leave() throws IOException {
      if (desk == null || desk.isEmpty()) {
        return;
      }
      desk = Optional.empty();
      Optional<AnswerCounts> done = OpenDesks.leave(settings);
      if (done.isPresent()) {
        write(step.replies, step.replies.path() + "/" + ACCOUNT + UUID.randomUUID(), done.get());
      }
    }
  }

  /** Watches the replies to a shard, and leaves behind what became of it. */
  private static final class Leaving implements ShardAnswers.Taker {
    private final Step step;
    private final int shard;
    private final FirstReplies first;
    private final FirstReplies.Reading reading;
    private final Price price;
    private final List<Answer.Unanswered> unanswered = new ArrayList<>();
    private final SpendCount spend = new SpendCount();

    Leaving(Step step, int shard, FirstReplies first, Price price) throws IOException {
      this.step = step;
      this.shard = shard;
      this.first = first;
      this.price = price;
      this.reading = first.reading(step.read, shard);
    }

    @Override
    public void answered(RequestRow request, Answer.Answered answered, ReplyRow reply)
        throws IOException {
      spend.add(request, answered, price);
      reading.take(request, reply);
      stopIfRejected();
    }

    @Override
    public void unanswered(RequestRow request, Answer.Unanswered answer) {
      stopIfRejected();
      unanswered.add(answer);
    }

    private void stopIfRejected() {
      if (first.tooManyRejects()) {
        throw first.exception(step.job);
      }
    }

    @Override
    public void completed() throws IOException {
      write(
          step.replies,
          left(step.replies, shard),
          new Left(WithoutReply.of(unanswered), spend.take()));
    }

    @Override
    public void close() throws IOException {
      reading.close();
    }
  }
}
