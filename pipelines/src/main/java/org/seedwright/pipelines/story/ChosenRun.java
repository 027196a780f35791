package org.seedwright.pipelines.story;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seedwright.analysis.RunStage;
import org.seedwright.pipelines.workspace.RecordedGrid;
import org.seedwright.pipelines.workspace.RecordedRun;
import org.seedwright.pipelines.workspace.StageFolder;
import org.seedwright.pipelines.workspace.WorkspaceContents;

/**
 * A run that somebody asked for, with those of its stages that are finished.
 *
 * @param folder where its {@code run.json} is
 * @param record what that says
 * @param finished in the run's order
 * @param missing names of the stages that are not finished, in the run's order
 */
public record ChosenRun(
    Path folder, RecordedRun record, List<FinishedStage> finished, List<String> missing) {
  private static final String RUNS = "runs";

  public ChosenRun {
    finished = List.copyOf(finished);
    missing = List.copyOf(missing);
  }

  /**
   * Finds a run.
   *
   * @param run its name, or, with a slash, the folder of its {@code run.json} in any workspace
   * @param workspace where a name is looked for
   * @throws UnusableRunException if there is no such run, or a stage of it has a manifest that this
   *     build does not read
   */
  public static ChosenRun of(Path workspace, String run) throws IOException {
    Path folder = isFolder(run) ? folder(run) : named(workspace, run);
    return of(folder, WorkspaceContents.of(folder.getParent().getParent()));
  }

  private static boolean isFolder(String run) {
    return run.contains("/") || run.contains(File.separator);
  }

  /** Returns where the record of a run would be, there or not. */
  static Path place(Path workspace, String run) {
    return isFolder(run)
        ? Path.of(run).toAbsolutePath().normalize()
        : workspace.resolve(RUNS).resolve(run);
  }

  /** Reads a run whose folder has a record, from the contents of its workspace. */
  static ChosenRun of(Path folder, WorkspaceContents contents) throws IOException {
    RecordedRun record = RecordedRun.read(folder.resolve(RecordedRun.FILE));
    var finished = new ArrayList<FinishedStage>();
    var missing = new ArrayList<String>();
    for (var entry : record.fingerprints().entrySet()) {
      Optional<StageFolder> stage = contents.stage(entry.getKey(), entry.getValue());
      if (stage.isPresent()) {
        finished.add(new FinishedStage(stage.get().path(), stage.get().manifest().orElseThrow()));
      } else {
        requireReadable(record, entry.getKey(), entry.getValue(), contents);
        missing.add(entry.getKey());
      }
    }
    return new ChosenRun(folder, record, finished, missing);
  }

  /** A manifest that is there and says nothing is no unfinished stage. */
  private static void requireReadable(
      RecordedRun run, String stage, String fingerprint, WorkspaceContents contents) {
    for (StageFolder folder : contents.stages()) {
      if (folder.unreadable().isPresent()
          && folder.name().startsWith(stage + "-")
          && fingerprint.startsWith(folder.name().substring(stage.length() + 1))) {
        throw new UnusableRunException(
            "run %s cannot be read: %s".formatted(run.name(), folder.unreadable().get()));
      }
    }
  }

  private static Path named(Path workspace, String run) throws IOException {
    Path folder = place(workspace, run);
    if (!Files.isRegularFile(folder.resolve(RecordedRun.FILE))) {
      requireNoGrid(folder);
      throw new UnusableRunException(
          "no run is called '%s' in %s; %s".formatted(run, workspace, runsOf(workspace)));
    }
    return folder;
  }

  private static Path folder(String run) throws IOException {
    Path folder = place(Path.of(RUNS), run);
    if (!Files.isDirectory(folder)) {
      throw new UnusableRunException("no run: %s is not a folder".formatted(folder));
    }
    boolean isRun = Files.isRegularFile(folder.resolve(RecordedRun.FILE));
    if (!isRun && Files.isDirectory(folder.resolve(RUNS))) {
      throw new UnusableRunException(
          "%s is a workspace and not a run; %s; name one as %s"
              .formatted(folder, runsOf(folder), folder.resolve(RUNS).resolve("NAME")));
    }
    Path parent = folder.getParent();
    requireNoGrid(folder);
    if (!isRun || parent == null || !parent.endsWith(RUNS) || parent.getParent() == null) {
      throw new UnusableRunException(
          "%s is no run: a run is a folder WORKSPACE/runs/NAME with a %s"
              .formatted(folder, RecordedRun.FILE));
    }
    return folder;
  }

  private static void requireNoGrid(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(RecordedRun.FILE))
        && Files.isRegularFile(folder.resolve(RecordedGrid.FILE))) {
      RecordedGrid grid = RecordedGrid.read(folder.resolve(RecordedGrid.FILE));
      throw new UnusableRunException(
          "%s is an ablation; name one of its cells: %s"
              .formatted(grid.name(), String.join(", ", grid.runs().values())));
    }
  }

  private static String runsOf(Path workspace) throws IOException {
    List<RecordedRun> runs = WorkspaceContents.of(workspace).runs();
    return runs.isEmpty()
        ? "it holds no run"
        : "its runs: "
            + runs.stream().map(RecordedRun::name).sorted().collect(Collectors.joining(", "));
  }

  /**
   * Returns the run's stages for the queries of analysis.
   *
   * @param withRows whether their rows are to be read; the parts are held against the manifests
   * @throws org.seedwright.pipelines.workspace.DamagedStageException if a part is not as it was
   *     written
   */
  public List<RunStage> stages(boolean withRows) throws IOException {
    var stages = new ArrayList<RunStage>();
    for (FinishedStage stage : finished) {
      RunStage read = stage.forAnalysis(withRows);
      stage.requireUnaltered(
          Stream.concat(read.rows().stream(), read.rejected().stream()).toList());
      stages.add(read);
    }
    return stages;
  }

  /** Returns a finished stage by its name. */
  public Optional<FinishedStage> stage(String name) {
    return finished.stream().filter(stage -> stage.name().equals(name)).findFirst();
  }
}
