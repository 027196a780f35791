package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
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
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.teacher.Answer;
import org.seedwright.pipelines.teacher.AnswerCounts;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.FailureKind;
import org.seedwright.pipelines.teacher.Question;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.workspace.Spend;
import org.seedwright.pipelines.workspace.TeacherUse;

/**
 * Answers the requests of a stage in a Beam job whose elements are shards: a shard's requests are
 * read, answered in their order with many calls open, and written as the shard of the replies. It
 * runs in the process of the command, where the store is.
 */
public final class TeacherAnswers implements StageWork.Answers {
  private static final Map<Long, TeacherAnswers> HERE = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong();
  private static final int EXAMPLES = 3;

  private final Answering answering;
  private final Map<String, Teacher> teachers;
  private final List<Answer.Unanswered> unanswered = new ArrayList<>();
  private final Consumer<RequestRow> outstanding;
  private final AtomicLong expected = new AtomicLong();
  private final SpendCount spend = new SpendCount();

  /**
   * Answers through one answering.
   *
   * @param teachers by the role that the stages ask for
   */
  public TeacherAnswers(Answering answering, Map<String, Teacher> teachers) {
    this(answering, teachers, request -> {});
  }

  /**
   * Answers through one answering.
   *
   * @param teachers by the role that the stages ask for
   * @param outstanding is handed every request that stays without a reply
   */
  public TeacherAnswers(
      Answering answering, Map<String, Teacher> teachers, Consumer<RequestRow> outstanding) {
    this.answering = answering;
    this.teachers = Map.copyOf(teachers);
    this.outstanding = outstanding;
  }

  @Override
  public TeacherUse answer(
      String job, String role, Engine engine, TableFolder requests, TableFolder replies)
      throws IOException {
    requests.summaries().forEach(part -> expected.addAndGet(part.hash().rows()));
    AnswerCounts before = answering.counts();
    spend.take();
    long handle = NEXT.incrementAndGet();
    HERE.put(handle, this);
    try {
      Pipeline pipeline = Pipeline.create(engine.options(job));
      pipeline
          .apply("Shards", Create.of(requests.shards().numbers()).withCoder(VarIntCoder.of()))
          .apply("Answer", ParDo.of(new AnswerShard(handle, role, requests, replies)))
          .setCoder(VarIntCoder.of());
      engine.run(pipeline);
    } finally {
      HERE.remove(handle);
    }
    stopIfUnanswered(job);
    return since(before, answering.counts(), spend.take());
  }

  /** Returns how many requests the steps had that were begun so far. */
  public long expected() {
    return expected.get();
  }

  private synchronized void stopIfUnanswered(String job) {
    if (unanswered.isEmpty()) {
      return;
    }
    boolean overBudget = unanswered.stream().anyMatch(one -> one.kind() == FailureKind.OVER_BUDGET);
    String remedy =
        overBudget
            ? "with a larger budget in limits the same command asks for these only"
            : "run the same command again to ask for these only";
    var examples = new StringBuilder();
    unanswered.stream()
        // What ended the budget comes first, before what was not sent for it.
        .sorted(Comparator.comparing(one -> one.kind() != FailureKind.OVER_BUDGET))
        .limit(EXAMPLES)
        .forEach(one -> examples.append("\n  ").append(one.message()));
    int count = unanswered.size();
    unanswered.clear();
    throw new StageStoppedException(
        "%s: %d requests have no reply; %s%s".formatted(job, count, remedy, examples));
  }

  private static TeacherUse since(AnswerCounts before, AnswerCounts after, List<Spend> spend) {
    long spent = after.spent().nanoUsd() - before.spent().nanoUsd();
    long paid = spend.stream().mapToLong(Spend::paidNanoUsd).sum();
    return new TeacherUse(
        after.requests() - before.requests(),
        after.storeHits() - before.storeHits(),
        after.paidCalls() - before.paidCalls(),
        after.inDoubt() - before.inDoubt(),
        after.inputTokens() - before.inputTokens(),
        after.outputTokens() - before.outputTokens(),
        after.retries() - before.retries(),
        paid,
        Math.max(0, spent - paid),
        spend.stream().mapToLong(Spend::repliesNanoUsd).sum(),
        spend);
  }

  private static final class AnswerShard extends DoFn<Integer, Integer> {
    private final long handle;
    private final String role;
    private final TableFolder requests;
    private final TableFolder replies;

    AnswerShard(long handle, String role, TableFolder requests, TableFolder replies) {
      this.handle = handle;
      this.role = role;
      this.requests = requests;
      this.replies = replies;
    }

    @ProcessElement
    public void answer(@Element Integer shard) throws IOException, InterruptedException {
      TeacherAnswers here = HERE.get(handle);
      if (here == null) {
        throw new IOException(
            "the answer step runs in the process of the command, where the store is");
      }
      here.answerShard(role, shard, requests, replies);
    }
  }

  private void answerShard(String role, int shard, TableFolder requests, TableFolder replies)
      throws IOException, InterruptedException {
    Table<ReplyRow> table = Table.of(ReplyRow.class);
    try (var asked = requests.open(Table.of(RequestRow.class), shard);
        var part = new PartWriter<>(table, replies, shard, "answer")) {
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
          teachers.get(role), questions, answer -> write(waiting.remove(), answer, part));
      part.complete();
    }
  }

  private void write(RequestRow request, Answer answer, PartWriter<ReplyRow> part) {
    if (answer instanceof Answer.Answered answered) {
      try {
        part.write(ReplyRow.of(request, answered.reply()));
        spend.add(request, answered, teachers.get(request.role()).terms().price());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      synchronized (this) {
        unanswered.add((Answer.Unanswered) answer);
        outstanding.accept(request);
      }
    }
  }
}
