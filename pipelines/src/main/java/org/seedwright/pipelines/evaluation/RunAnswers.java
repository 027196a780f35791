package org.seedwright.pipelines.evaluation;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;
import org.seedwright.pipelines.table.Table;

/**
 * Runs answers against the tests of their tasks. All answers of a task come to one shard and one
 * after the other, so that a slot holds a task's tests once; the slots are the process's, whatever
 * the number of subtasks in it. Equal programs of a task run once.
 */
public final class RunAnswers
    extends PTransform<PCollection<AnswerProgram>, PCollection<RunAnswers.Executed>> {
  /** Answers of a shard that are on their way at a time, for each slot. */
  private static final int AHEAD = 4;

  private final WorkbenchSettings settings;
  private final Shards shards;
  private final boolean everyTest;
  private final KnownOutcomes known;

  /** An answer that was run. */
  record Executed(String id, VerdictRow verdict, ExecutionMeasurement measurement) {}

  private RunAnswers(
      WorkbenchSettings settings, Shards shards, boolean everyTest, KnownOutcomes known) {
    this.settings = settings;
    this.shards = shards;
    this.everyTest = everyTest;
    this.known = known;
  }

  /**
   * Returns the transform.
   *
   * @param everyTest whether tests go on after the first that fails
   * @param known what does not run, of as many shards
   */
  static RunAnswers with(
      WorkbenchSettings settings, Shards shards, boolean everyTest, KnownOutcomes known) {
    return new RunAnswers(settings, shards, everyTest, known);
  }

  @Override
  public PCollection<Executed> expand(PCollection<AnswerProgram> answers) {
    return answers
        .apply(
            "ByTask",
            SortShards.of(
                Table.of(AnswerProgram.class),
                shards,
                AnswerProgram::taskId,
                answer -> answer.taskId() + "\0" + answer.id(),
                new Visit(settings, everyTest, known)))
        .setCoder(Table.of(Executed.class).coder());
  }

  private record Visit(WorkbenchSettings settings, boolean everyTest, KnownOutcomes known)
      implements SortShards.Visitor<AnswerProgram, Executed> {
    private record Started(
        AnswerProgram answer, String key, Future<Workbench.Done> done, boolean again) {}

    @Override
    public void visit(int shard, Iterator<AnswerProgram> answers, DoFn.OutputReceiver<Executed> out)
        throws IOException {
      Workbench bench = Workbench.enter(settings);
      try {
        visit(bench, known.ofShard(shard), answers, out);
      } finally {
        bench.leave();
      }
    }

    private void visit(
        Workbench bench,
        Map<String, Outcome> outcomes,
        Iterator<AnswerProgram> answers,
        DoFn.OutputReceiver<Executed> out)
        throws IOException {
      var started = new ArrayDeque<Started>();
      var ofTask = new HashMap<String, Future<Workbench.Done>>();
      String task = "";
      try {
        while (answers.hasNext()) {
          AnswerProgram answer = answers.next();
          if (!answer.taskId().equals(task)) {
            ofTask.clear();
            task = answer.taskId();
          }
          started.add(start(bench, outcomes, answer, ofTask));
          if (started.size() > AHEAD * settings.slots()) {
            out.output(finished(bench, started.remove()));
          }
        }
        while (!started.isEmpty()) {
          out.output(finished(bench, started.remove()));
        }
      } finally {
        started.forEach(one -> one.done().cancel(false));
      }
    }

    private Started start(
        Workbench bench,
        Map<String, Outcome> outcomes,
        AnswerProgram answer,
        Map<String, Future<Workbench.Done>> ofTask) {
      Execution execution = bench.task(answer.taskId()).execution(answer.program(), everyTest);
      String key = execution.key();
      Outcome before = outcomes.get(key);
      if (before != null) {
        var done = CompletableFuture.completedFuture(new Workbench.Done(before, true));
        return new Started(answer, key, done, true);
      }
      boolean again = ofTask.containsKey(key);
      return new Started(
          answer, key, ofTask.computeIfAbsent(key, each -> bench.start(execution)), again);
    }

    private static Executed finished(Workbench bench, Started started) throws IOException {
      AnswerProgram answer = started.answer();
      try {
        Workbench.Done done = started.done().get();
        return new Executed(
            answer.id(),
            VerdictRow.of(answer, bench.task(answer.taskId()), started.key(), done.outcome()),
            ExecutionMeasurement.of(
                answer.id(), done.outcome().measurement(), done.reused() || started.again()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while programs ran", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IOException("a program could not be run: %s".formatted(e.getCause()), e);
      }
    }
  }
}
