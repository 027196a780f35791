package org.seedwright.pipelines.story;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.seedwright.pipelines.stage.Branch;
import org.seedwright.pipelines.workspace.RecordedRun;
import org.seedwright.pipelines.workspace.StageFolder;
import org.seedwright.pipelines.workspace.StageManifest;
import org.seedwright.pipelines.workspace.WorkspaceContents;

/**
 * The finished stages that belong together: those of a run, or those that a stage which no run
 * names any more was made from.
 *
 * @param name of the run, or words where no run names the stages
 * @param stages in an order in which each comes after those that it reads
 */
public record FinishedRun(String name, List<FinishedStage> stages) {
  public FinishedRun {
    stages = List.copyOf(stages);
  }

  /** Returns what a workspace holds: its runs, the newest first, then what no run names. */
  public static List<FinishedRun> of(WorkspaceContents contents) {
    var runs = new ArrayList<FinishedRun>();
    for (RecordedRun run : contents.runs()) {
      runs.add(
          new FinishedRun(
              run.name(),
              run.fingerprints().entrySet().stream()
                  .flatMap(entry -> contents.stage(entry.getKey(), entry.getValue()).stream())
                  .map(FinishedRun::finished)
                  .toList()));
    }
    List<StageFolder> left =
        contents.stages().stream()
            .filter(stage -> stage.manifest().isPresent())
            .filter(stage -> contents.usedBy(stage.manifest().get()).isEmpty())
            .toList();
    Set<String> read =
        left.stream()
            .flatMap(stage -> stage.manifest().orElseThrow().inputs().values().stream())
            .collect(Collectors.toSet());
    for (StageFolder stage : left) {
      if (!read.contains(stage.manifest().orElseThrow().fingerprint())) {
        var closure = new LinkedHashSet<FinishedStage>();
        addWithInputs(contents, stage, closure);
        runs.add(new FinishedRun("no run: " + stage.name(), List.copyOf(closure)));
      }
    }
    return runs;
  }

  private static void addWithInputs(
      WorkspaceContents contents, StageFolder stage, Set<FinishedStage> closure) {
    FinishedStage finished = finished(stage);
    if (closure.contains(finished)) {
      return;
    }
    for (Map.Entry<String, String> input : finished.manifest().inputs().entrySet()) {
      contents
          .stage(input.getKey(), input.getValue())
          .ifPresent(folder -> addWithInputs(contents, folder, closure));
    }
    closure.add(finished);
  }

  private static FinishedStage finished(StageFolder stage) {
    StageManifest manifest = stage.manifest().orElseThrow();
    return new FinishedStage(stage.path(), manifest);
  }

  /** Returns a stage by its name. */
  public Optional<FinishedStage> stage(String stage) {
    return stages.stream().filter(finished -> finished.name().equals(stage)).findFirst();
  }

  /** Returns the stages of all branches that do one thing, such as {@code instruct}. */
  List<FinishedStage> stagesOf(String step) {
    return stages.stream().filter(stage -> Branch.step(stage.name()).equals(step)).toList();
  }
}
