package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.seedwright.analysis.Answer;
import org.seedwright.analysis.RunQuery;
import org.seedwright.pipelines.experiment.ExperimentCell;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.run.GridPlan;
import org.seedwright.pipelines.run.PlannedStage;
import org.seedwright.pipelines.run.RunListener;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.teacher.AnswerCounts;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.workspace.TeacherUse;
import org.seedwright.pipelines.workspace.Units;

/** Tells of a run: lines while it goes on, its funnel at the end, {@code run.json} in between. */
final class RunReport implements RunListener, AutoCloseable {
  private static final AnswerCounts NOTHING = new AnswerCounts(0, 0, 0, 0, 0, 0, 0, 0, Cost.FREE);

  private final ExperimentGrid grid;
  private final String run;
  private final WorkspaceFiles files;
  private final Output output;
  private Optional<Supplier<AnswerCounts>> counts = Optional.empty();
  private boolean elsewhere;
  private LongSupplier expected = () -> 0;
  private Optional<Progress> progress = Optional.empty();
  private Optional<ResponseStore> store = Optional.empty();
  private Optional<Purse> purse = Optional.empty();

  /**
   * Tells of a run.
   *
   * @param run its name, under which it is recorded
   */
  RunReport(ExperimentGrid grid, String run, WorkspaceFiles files, Output output) {
    this.grid = grid;
    this.run = run;
    this.files = files;
    this.output = output;
  }

  /** Writes down what is about to be run. */
  void begin(GridPlan plan) throws IOException {
    EngineLogs.to(files.runLog(run));
    if (grid.isSingle()) {
      new RunRecord(files, run).write(plan.cells().get(0));
    } else {
      RunRecord.writeGrid(files, run, grid);
      for (GridPlan.CellPlan cell : plan.cells()) {
        new RunRecord(files, cell.cell().run()).write(cell);
      }
    }
  }

  /** Says which cell comes now; nothing where there is one only. */
  void begins(ExperimentCell cell) {
    if (!cell.name().isEmpty()) {
      output.progress("cell " + cell.name());
    }
  }

  /** Names who counts the replies, and the requests of the steps begun so far. */
  void answering(Answering counted, LongSupplier requests) {
    counts = Optional.of(counted::counts);
    expected = requests;
  }

  /** Other processes count the replies; of these only the account in the store is known. */
  void answeringElsewhere() {
    counts = Optional.of(() -> NOTHING);
    elsewhere = true;
  }

  /** Names the store that holds the account of the run. */
  void paidFrom(ResponseStore opened) {
    store = Optional.of(opened);
  }

  @Override
  public void started(PlannedStage stage) {
    progress =
        counts.map(
            counted ->
                Progress.start(stage.stage().name(), counted, expected, this::money, output));
  }

  private String money() {
    return store.map(opened -> Purse.inPassing(opened).line()).orElse("");
  }

  @Override
  public void finished(StageOutcome stage) {
    close();
    // The store is closed when the end is told.
    purse = store.map(opened -> Purse.of(opened, grid.first().name()));
    Units units = stage.manifest().units();
    output.progress(
        String.format(
            Locale.ROOT,
            "%-14s %,d in, %,d out, %,d rejected%s  %s",
            stage.manifest().stage(),
            units.attempted(),
            units.out(),
            units.rejectedInAll(),
            units.notSelected() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d not selected", units.notSelected()),
            stage.reused()
                ? "reused"
                : String.format(Locale.ROOT, "%.1f s", stage.manifest().seconds())));
  }

  /** Says nothing more of a stage that is at work. */
  @Override
  public void close() {
    progress.ifPresent(Progress::close);
    progress = Optional.empty();
  }

  void interrupted(boolean asking) {
    output.progress(
        asking
            ? "interrupted: nothing new is sent; waiting up to 30 s for open replies"
            : "interrupted");
  }

  void drained(long open) {
    if (elsewhere) {
      output.progress(
          "the job is cancelled; its workers store the replies that come within 20 s; run the same"
              + " command again to go on");
      return;
    }
    output.progress(
        open == 0
            ? "every reply is stored; run the same command again to go on"
            : "%d calls are still open and in doubt: they may be paid a second time"
                .formatted(open));
  }

  /** Prints the funnel, or the JSON object. */
  void end(List<StageOutcome> outcomes, Optional<Preview> preview) throws IOException {
    StageOutcome dataset = outcomes.get(outcomes.size() - 1);
    Map<String, Object> json = OutcomeJson.begin(run, files);
    json.put("stages", outcomes.stream().map(OutcomeJson::stage).toList());
    json.put("teacher", OutcomeJson.teacher(use(outcomes)));
    purse.ifPresent(held -> json.put("account", held.json()));
    json.put("dataset", OutcomeJson.dataset(dataset));
    preview.ifPresent(shown -> json.put("preview", RecordJson.of(shown)));
    output.object(json);
    preview.ifPresent(shown -> output.text(PreviewText.of(shown)));
    output.text(FunnelTable.of(outcomes));
    Marks.of(dataset).line().ifPresent(output::text);
    spent(outcomes);
    output.text(
        String.format(
            Locale.ROOT,
            "data set: %,d rows in %s",
            dataset.manifest().units().out(),
            dataset.folder()));
  }

  /** Prints what became of every cell, or the JSON object. */
  void end(List<List<StageOutcome>> cells) throws IOException {
    var table = CellsTable.of(grid, cells);
    Optional<Answer> rounds =
        files.isLocal() ? Optional.of(table.ask(RunQuery.ROUNDS)) : Optional.empty();
    var json = OutcomeJson.begin(run, files);
    json.put("cells", table.json());
    json.put("stages", table.stagesJson());
    json.put("teacher", OutcomeJson.teacher(use(table.stages())));
    purse.ifPresent(held -> json.put("account", held.json()));
    rounds.ifPresent(answer -> json.put(RunQuery.ROUNDS.id(), AnswerText.objects(answer)));
    output.object(json);
    output.text(FunnelTable.of(table.stages()));
    spent(table.stages());
    output.text("");
    table.marks().ifPresent(output::text);
    output.text(table.text());
    rounds.ifPresent(
        answer -> {
          output.text("\n%s: %s".formatted(RunQuery.ROUNDS.id(), RunQuery.ROUNDS.says()));
          output.text(AnswerText.table(answer));
        });
  }

  private static TeacherUse use(List<StageOutcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> !outcome.reused())
        .map(outcome -> outcome.manifest().teacher())
        .reduce(TeacherUse.NONE, TeacherUse::plus);
  }

  private void spent(List<StageOutcome> outcomes) {
    TeacherUse use = use(outcomes);
    output.text(
        String.format(
            Locale.ROOT,
            "teacher: %,d requests, %,d from the store, %,d calls, %,d tokens in, %,d tokens out, %s USD%s",
            use.requests(),
            use.storeHits(),
            use.paidCalls(),
            use.inputTokens(),
            use.outputTokens(),
            Usd.text(use.costNanoUsd()),
            use.inDoubt() == 0 ? "" : ", %d calls in doubt".formatted(use.inDoubt())));
    TextTable spend = SpendTable.of(outcomes);
    if (!spend.isEmpty()) {
      output.text(spend.toString());
    }
    purse.map(Purse::text).ifPresent(output::text);
  }
}
