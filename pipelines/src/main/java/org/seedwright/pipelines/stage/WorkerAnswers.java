package org.seedwright.pipelines.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
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
 * the account of the run in the store has them. Replies are not read as they come: no step stops
 * early here because its first replies are rejected.
 */
public final class WorkerAnswers implements StageWork.Answers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = ".account-";
  private static final int EXAMPLES = 3;

  private final AnswerSettings settings;

  public WorkerAnswers(AnswerSettings settings) {
    this.settings = settings;
  }

  /**
   * What a shard leaves behind.
   *
   * @param unanswered how many requests stayed without a reply
   * @param examples what was said of the first of them
   * @param spend what the replies cost
   */
  private record Left(long unanswered, List<String> examples, List<Spend> spend) {}

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
        .apply("Answer", ParDo.of(new AnswerShards(settings, role, requests, replies)))
        .setCoder(VarIntCoder.of());
    engine.run(pipeline);
    List<Spend> spend = stopIfUnanswered(job, replies);
    TeacherUse use = TeacherUse.NONE;
    for (MatchResult.Metadata file :
        FileSystems.match(replies.path() + "/" + ACCOUNT + "*", EmptyMatchTreatment.ALLOW)
            .metadata()) {
      use = use.plus(TeacherAnswers.use(read(file, AnswerCounts.class)));
    }
    long rows = requests.summaries().stream().mapToLong(part -> part.hash().rows()).sum();
    return use.ofRequests(rows).withSpend(spend);
  }

  /** Returns what the replies cost. */
  private static List<Spend> stopIfUnanswered(String job, TableFolder replies) throws IOException {
    var spend = new ArrayList<Spend>();
    long unanswered = 0;
    var examples = new ArrayList<String>();
    for (int shard : replies.shards().numbers()) {
      Left left = read(FileSystems.matchSingleFileSpec(left(replies, shard)), Left.class);
      unanswered += left.unanswered;
      examples.addAll(left.examples);
      spend.addAll(left.spend);
    }
    if (unanswered > 0) {
      throw new StageStoppedException(
          "%s: %d requests have no reply; run the same command again to ask for these only\n  %s"
              .formatted(
                  job,
                  unanswered,
                  String.join("\n  ", examples.subList(0, Math.min(EXAMPLES, examples.size())))));
    }
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
    private final String role;
    private final TableFolder requests;
    private final TableFolder replies;
    private transient Optional<AnswerSettings.Desk> desk;
    private transient List<Integer> shards;

    AnswerShards(AnswerSettings settings, String role, TableFolder requests, TableFolder replies) {
      this.settings = settings;
      this.role = role;
      this.requests = requests;
      this.replies = replies;
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
      Teacher teacher = here.teachers().get(role);
      new ShardAnswers(requests, replies, shard -> new Leaving(shard, teacher.terms().price()))
          .write(here.answering(), teacher, shards);
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
        write(replies, replies.path() + "/" + ACCOUNT + UUID.randomUUID(), done.get());
      }
    }

    /** Leaves behind what became of a shard. */
    private final class Leaving implements ShardAnswers.Taker {
      private final int shard;
      private final Price price;
      private final List<Answer.Unanswered> unanswered = new ArrayList<>();
      private final SpendCount spend = new SpendCount();

      Leaving(int shard, Price price) {
        this.shard = shard;
        this.price = price;
      }

      @Override
      public void answered(RequestRow request, Answer.Answered answered, ReplyRow reply) {
        spend.add(request, answered, price);
      }

      @Override
      public void unanswered(RequestRow request, Answer.Unanswered answer) {
        unanswered.add(answer);
      }

      @Override
      public void completed() throws IOException {
        write(
            replies,
            left(replies, shard),
            new Left(
                unanswered.size(),
                unanswered.stream().limit(EXAMPLES).map(Answer.Unanswered::message).toList(),
                spend.take()));
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    }
  }
}
