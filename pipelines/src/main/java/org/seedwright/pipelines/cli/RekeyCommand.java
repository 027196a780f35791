package org.seedwright.pipelines.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.run.ExperimentPlan;
import org.seedwright.pipelines.run.GridPlan;
import org.seedwright.pipelines.run.OutstandingRequests;
import org.seedwright.pipelines.run.PlannedStage;
import org.seedwright.pipelines.run.RunListener;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.stage.RequestRow;
import org.seedwright.pipelines.store.RecordedReply;
import org.seedwright.pipelines.store.Recording;
import org.seedwright.pipelines.store.Rekey;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.TeacherRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code store rekey}: carries a recording over to prompts that changed. */
@Command(
    name = "rekey",
    description = {
      "After a prompt changed: finds for each recorded reply the request that has its place now"
          + " (same stage, same seed), writes the recording under the new keys and lists the replies"
          + " to read again.",
      "Exit 0 where every request has a reply, 3 where some have none."
    },
    footer = {"", "Example:", "  ./seedwright store rekey examples/quickstart/quickstart.yaml"})
final class RekeyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "EXPERIMENT.yaml",
      description = "An experiment whose main teacher answers from a recording.")
  private Path experimentFile;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    ExperimentGrid grid = ExperimentGrid.read(experimentFile, Vocabularies.builtIn());
    Path file =
        grid.first()
            .teacher(org.seedwright.pipelines.experiment.TeacherRole.MAIN)
            .recording()
            .orElseThrow(
                () ->
                    new WrongInputException(
                        "%s: teachers.main has no recording".formatted(experimentFile)));
    Recording old = Recording.read(file);
    var byLabel = new LinkedHashMap<String, RecordedReply>();
    old.replies().forEach(reply -> byLabel.put(reply.label(), reply));
    // Stages of other prompts are of no use here: the walk has a workspace of its own.
    Path scratch = Files.createTempDirectory("seedwright-rekey");
    var placed = new LinkedHashMap<String, TeacherRequest>();
    List<RequestRow> without = walk(grid, WorkspaceFiles.of(scratch), byLabel, placed);
    Rekey rekey = Rekey.of(old, label -> Optional.ofNullable(placed.get(label)));
    rekey.recording().write(file);
    var missing = new TreeSet<>(without.stream().map(RequestRow::label).toList());
    output.object(
        Map.of("changed", rekey.changed(), "gone", rekey.gone(), "missing", List.copyOf(missing)));
    say("read again, their prompt changed", rekey.changed());
    say("dropped, nothing asks for them", rekey.gone());
    say("no reply is recorded for", List.copyOf(missing));
    output.text("%d replies in %s".formatted(rekey.recording().replies().size(), file));
    return missing.isEmpty() ? ExitCode.DONE : ExitCode.STOPPED;
  }

  /** Walks the stages with the old replies in the new requests' places. */
  private List<RequestRow> walk(
      ExperimentGrid grid,
      WorkspaceFiles files,
      Map<String, RecordedReply> byLabel,
      Map<String, TeacherRequest> placed)
      throws Exception {
    try (var store = Stores.open(files.store(), "rekey");
        var engine = new LocalEngine(Runtime.getRuntime().availableProcessors())) {
      GridPlan plan = GridPlan.of(grid, files.workspace(), files.digests(), DataFolder.get());
      Map<String, RequestRow> without = new LinkedHashMap<>();
      for (GridPlan.CellPlan cell : plan.cells()) {
        walk(cell.plan(), store, engine, byLabel, placed)
            .forEach(request -> without.put(request.label(), request));
      }
      return List.copyOf(without.values());
    }
  }

  private List<RequestRow> walk(
      ExperimentPlan plan,
      ResponseStore store,
      LocalEngine engine,
      Map<String, RecordedReply> byLabel,
      Map<String, TeacherRequest> placed)
      throws Exception {
    while (true) {
      List<RequestRow> outstanding = OutstandingRequests.of(plan, store, engine, new Quiet());
      var without = new ArrayList<RequestRow>();
      for (RequestRow request : outstanding) {
        RecordedReply recorded = byLabel.get(request.label());
        if (recorded == null) {
          without.add(request);
        } else {
          placed.put(request.label(), request.request());
          store.add(request.request(), Rekey.under(recorded, request.request()).reply());
        }
      }
      if (outstanding.isEmpty() || !without.isEmpty()) {
        return without;
      }
      output.progress("%s: %d replies".formatted(outstanding.get(0).label(), outstanding.size()));
    }
  }

  private void say(String what, List<String> labels) {
    if (!labels.isEmpty()) {
      output.text(what + ":\n  " + String.join("\n  ", labels));
    }
  }

  private static final class Quiet implements RunListener {
    @Override
    public void started(PlannedStage stage) {}

    @Override
    public void finished(StageOutcome stage) {}
  }
}
