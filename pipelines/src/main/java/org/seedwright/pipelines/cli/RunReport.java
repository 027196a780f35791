package org.seedwright.pipelines.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.run.ExperimentPlan;
import org.seedwright.pipelines.run.PlannedStage;
import org.seedwright.pipelines.run.RunListener;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.table.NewFile;
import org.seedwright.pipelines.teacher.AnswerCounts;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.workspace.RecordedRun;
import org.seedwright.pipelines.workspace.TeacherUse;
import org.seedwright.pipelines.workspace.Units;

/** Tells of a run: lines while it goes on, its funnel at the end, {@code run.json} in between. */
final class RunReport implements RunListener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final AnswerCounts NOTHING = new AnswerCounts(0, 0, 0, 0, 0, 0, 0, 0, Cost.FREE);

  private final Experiment experiment;
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
  RunReport(Experiment experiment, String run, WorkspaceFiles files, Output output) {
    this.experiment = experiment;
    this.run = run;
    this.files = files;
    this.output = output;
  }

  /** Writes down what is about to be run. */
  void begin(ExperimentPlan plan) throws IOException {
    EngineLogs.to(files.runLog(run));
    var stages = new ArrayList<Map<String, Object>>();
    for (PlannedStage stage : plan.stages()) {
      // A map of our own order: that of Map.of changes from one process to the next.
      var named = new LinkedHashMap<String, Object>();
      named.put("name", stage.stage().name());
      named.put("fingerprint", stage.fingerprint());
      stages.add(named);
    }
    var record = new LinkedHashMap<String, Object>();
    record.put("format", RecordedRun.FORMAT);
    record.put("run", run);
    record.put("given", Files.readString(experiment.file(), StandardCharsets.UTF_8));
    record.put("resolved", experiment.resolved());
    record.put("stages", stages);
    Path folder = files.run(run);
    Files.createDirectories(folder);
    Path hidden = folder.resolve(".run.json");
    try {
      Files.writeString(
          hidden, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n");
    } catch (IOException e) {
      throw NewFile.named(hidden.toString(), e);
    }
    Files.move(
        hidden,
        folder.resolve("run.json"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
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
    purse = store.map(opened -> Purse.of(opened, experiment.name()));
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
    TeacherUse use =
        outcomes.stream()
            .filter(outcome -> !outcome.reused())
            .map(outcome -> outcome.manifest().teacher())
            .reduce(TeacherUse.NONE, TeacherUse::plus);
    Map<String, Object> json = json(outcomes, use, dataset);
    preview.ifPresent(shown -> json.put("preview", RecordJson.of(shown)));
    output.object(json);
    preview.ifPresent(shown -> output.text(PreviewText.of(shown)));
    output.text(FunnelTable.of(outcomes));
    Marks.of(dataset).ifPresent(output::text);
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
    output.text(
        String.format(
            Locale.ROOT,
            "data set: %,d rows in %s",
            dataset.manifest().units().out(),
            dataset.folder()));
  }

  private Map<String, Object> json(
      List<StageOutcome> outcomes, TeacherUse use, StageOutcome dataset) {
    var stages = new ArrayList<Map<String, Object>>();
    for (StageOutcome outcome : outcomes) {
      Units units = outcome.manifest().units();
      var stage = new LinkedHashMap<String, Object>();
      stage.put("name", outcome.manifest().stage());
      stage.put("fingerprint", outcome.manifest().fingerprint());
      stage.put("status", outcome.reused() ? "reused" : "computed");
      stage.put("attempted", units.attempted());
      stage.put("out", units.out());
      stage.put("rejected", units.rejected());
      stage.put("failed", units.failed());
      stage.put("notSelected", units.notSelected());
      stage.put("seconds", outcome.reused() ? 0 : outcome.manifest().seconds());
      stage.put("contentHash", outcome.manifest().contentHash());
      stage.put(
          "costUsd", Usd.exact(outcome.reused() ? 0 : outcome.manifest().teacher().costNanoUsd()));
      stages.add(stage);
    }
    var teacher = new LinkedHashMap<String, Object>();
    teacher.put("requests", use.requests());
    teacher.put("storeHits", use.storeHits());
    teacher.put("paidCalls", use.paidCalls());
    teacher.put("inDoubt", use.inDoubt());
    teacher.put("inputTokens", use.inputTokens());
    teacher.put("outputTokens", use.outputTokens());
    teacher.put("retries", use.retries());
    teacher.put("costUsd", Usd.exact(use.costNanoUsd()));
    teacher.put("repliesUsd", Usd.exact(use.repliesNanoUsd()));
    var rows = new LinkedHashMap<String, Object>();
    rows.put("path", dataset.folder());
    rows.put("rows", dataset.manifest().units().out());
    rows.put("contentHash", dataset.manifest().contentHash());
    var object = new LinkedHashMap<String, Object>();
    object.put("run", run);
    object.put("workspace", files.root());
    object.put("stages", stages);
    object.put("teacher", teacher);
    purse.ifPresent(held -> object.put("account", held.json()));
    object.put("dataset", rows);
    return object;
  }
}
