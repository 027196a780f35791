package org.seedwright.pipelines.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.stage.NotSelected;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.stage.StageWork;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.ContentHash;
import org.seedwright.pipelines.table.PartSummary;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.workspace.StageAttempt;
import org.seedwright.pipelines.workspace.StageFiles;
import org.seedwright.pipelines.workspace.StageManifest;
import org.seedwright.pipelines.workspace.Units;
import org.seedwright.pipelines.workspace.WorkspaceUse;

/**
 * Computes what a plan lacks, stage by stage, and knows no stage by name. A stage that is there is
 * reused; one whose ledger does not balance is never committed. Before a stage that is there is
 * read, and before the last one is handed out, each byte of its files is checked.
 */
public final class StageRunner {
  private final Engine engine;
  private final StageWork.Answers answers;
  private final RunListener listener;

  public StageRunner(Engine engine, StageWork.Answers answers, RunListener listener) {
    this.engine = engine;
    this.answers = answers;
    this.listener = listener;
  }

  /**
   * Runs a plan.
   *
   * @return every stage, in the plan's order
   * @throws org.seedwright.pipelines.stage.StageStoppedException if requests stayed unanswered
   * @throws org.seedwright.pipelines.engine.EngineException if a job failed
   * @throws org.seedwright.pipelines.workspace.DamagedStageException if a stage that is there is
   *     not as it was written; it is left as it is
   * @throws org.seedwright.pipelines.workspace.WorkspaceBusyException if another process computes
   *     one of the stages
   */
  public List<StageOutcome> run(ExperimentPlan plan) throws IOException, InterruptedException {
    return run(plan.stagePlan());
  }

  /**
   * Runs stages as those of an experiment.
   *
   * @return every stage, in the plan's order
   */
  public List<StageOutcome> run(StagePlan plan) throws IOException, InterruptedException {
    // From here on nobody cleans away what this run reads.
    var use =
        WorkspaceUse.of(
            plan.workspace(), plan.stages().stream().map(PlannedStage::folder).toList());
    try {
      return runInUse(plan);
    } finally {
      use.close();
    }
  }

  private List<StageOutcome> runInUse(StagePlan plan) throws IOException, InterruptedException {
    var unread = new HashMap<String, StageOutcome>();
    var outcomes = new ArrayList<StageOutcome>();
    var finished = new LinkedHashMap<String, StageWork.Input>();
    for (PlannedStage planned : plan.stages()) {
      StageOutcome outcome;
      // Since it was planned, somebody may have finished it or cleaned it away.
      Optional<StageManifest> there = StagePlan.finished(plan.workspace(), planned.folder());
      if (there.isPresent()) {
        outcome = new StageOutcome(there.get(), planned.folder(), true);
        unread.put(planned.stage().name(), outcome);
      } else {
        listener.started(planned);
        for (String input : planned.stage().inputs()) {
          requireUnaltered(Optional.ofNullable(unread.remove(input)));
        }
        outcome = compute(plan, planned, finished);
      }
      finished.put(
          planned.stage().name(), new StageWork.Input(planned.folder(), outcome.manifest()));
      outcomes.add(outcome);
      listener.finished(outcome);
    }
    if (!outcomes.isEmpty()) {
      StageOutcome last = outcomes.get(outcomes.size() - 1);
      requireUnaltered(Optional.ofNullable(unread.get(last.manifest().stage())));
    }
    return List.copyOf(outcomes);
  }

  private static void requireUnaltered(Optional<StageOutcome> reused) throws IOException {
    if (reused.isPresent()) {
      new StageFiles(reused.get().folder(), reused.get().manifest()).requireUnaltered();
    }
  }

  private StageOutcome compute(
      StagePlan plan, PlannedStage planned, Map<String, StageWork.Input> finished)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    var shards = new Shards(plan.shards());
    var inputs = new TreeMap<String, StageWork.Input>();
    planned.stage().inputs().forEach(name -> inputs.put(name, finished.get(name)));
    try (var attempt = StageAttempt.begin(plan.workspace(), planned.folder(), shards)) {
      // While this process waited for the lock, another may have finished the stage.
      var winner = StagePlan.finished(plan.workspace(), planned.folder());
      if (winner.isPresent()) {
        return new StageOutcome(winner.get(), planned.folder(), true);
      }
      var work = new StageWork(planned.stage().name(), engine, attempt, shards, inputs, answers);
      long attempted = planned.stage().compute(work);
      Units units = units(attempt, attempted);
      units.check(planned.stage().name());
      var manifest =
          new StageManifest(
              StageManifest.FORMAT,
              planned.stage().name(),
              planned.stage().version(),
              planned.fingerprint(),
              CanonicalJson.text(planned.stage().configuration()),
              planned.inputs(),
              shards.count(),
              units,
              attempt.contentHash().toString(),
              attempt.files(),
              work.use(),
              (System.nanoTime() - start) / 1e9,
              Build.revision(),
              Build.libraries());
      return new StageOutcome(attempt.commit(manifest), planned.folder(), false);
    }
  }

  private static Units units(StageAttempt attempt, long attempted) throws IOException {
    var rejected = new TreeMap<String, Long>();
    if (attempt.has(Rejection.TABLE)) {
      for (PartSummary part : attempt.summaries(Rejection.TABLE)) {
        part.reasons().forEach((reason, rows) -> rejected.merge(reason, rows, Long::sum));
      }
    }
    long notSelected =
        attempt.has(NotSelected.TABLE)
            ? attempt.summaries(NotSelected.TABLE).stream()
                .map(PartSummary::hash)
                .mapToLong(ContentHash::rows)
                .sum()
            : 0;
    return new Units(attempted, attempt.contentHash().rows(), rejected, 0, notSelected);
  }
}
