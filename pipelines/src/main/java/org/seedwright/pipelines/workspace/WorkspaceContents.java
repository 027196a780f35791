package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a local workspace holds. Reading it changes nothing; an absent workspace is an empty one.
 *
 * @param stages folders with a manifest, or one that cannot be read, by name
 * @param unfinished folders without a manifest: attempts in progress or left behind
 * @param runs the runs, the newest first
 */
public record WorkspaceContents(
    List<StageFolder> stages, List<StageFolder> unfinished, List<RecordedRun> runs) {
  public WorkspaceContents {
    stages = List.copyOf(stages);
    unfinished = List.copyOf(unfinished);
    runs = List.copyOf(runs);
  }

  /**
   * Reads what is there.
   *
   * @throws IOException if a folder cannot be listed or the record of a run is damaged
   */
  public static WorkspaceContents of(Path root) throws IOException {
    var stages = new ArrayList<StageFolder>();
    var unfinished = new ArrayList<StageFolder>();
    for (StageFolder stage : stageFolders(root)) {
      boolean finished = stage.manifest().isPresent() || stage.unreadable().isPresent();
      (finished ? stages : unfinished).add(stage);
    }
    var runs = new ArrayList<RecordedRun>();
    for (Path file : runFiles(root)) {
      runs.add(RecordedRun.read(file));
    }
    runs.sort(
        Comparator.comparing(RecordedRun::written).reversed().thenComparing(RecordedRun::name));
    return new WorkspaceContents(stages, unfinished, runs);
  }

  /** Returns the folders among the stages, finished or not. */
  static List<StageFolder> stageFolders(Path root) throws IOException {
    var workspace = new Workspace(root.toString());
    var stages = new ArrayList<StageFolder>();
    for (Path folder : folders(root.resolve("stages"))) {
      if (!folder.getFileName().toString().equals(ProcessLock.FOLDER)) {
        stages.add(stage(workspace, folder));
      }
    }
    return stages;
  }

  /** Returns the records of the runs. */
  static List<Path> runFiles(Path root) throws IOException {
    return folders(root.resolve("runs")).stream()
        .map(folder -> folder.resolve(RecordedRun.FILE))
        .filter(Files::isRegularFile)
        .toList();
  }

  private static StageFolder stage(Workspace workspace, Path folder) {
    try {
      return new StageFolder(folder, workspace.manifest(folder.toString()), Optional.empty());
    } catch (IOException e) {
      return new StageFolder(folder, Optional.empty(), Optional.of(e.getMessage()));
    }
  }

  private static List<Path> folders(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (var list = Files.list(parent)) {
      return list.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Returns the finished stage of a name and fingerprint. */
  public Optional<StageFolder> stage(String name, String fingerprint) {
    return stages.stream()
        .filter(
            stage ->
                stage
                    .manifest()
                    .filter(
                        manifest ->
                            manifest.stage().equals(name)
                                && manifest.fingerprint().equals(fingerprint))
                    .isPresent())
        .findFirst();
  }

  /** Returns the names of the runs that use a stage, the newest first. */
  public List<String> usedBy(StageManifest stage) {
    return runs.stream()
        .filter(run -> stage.fingerprint().equals(run.fingerprints().get(stage.stage())))
        .map(RecordedRun::name)
        .toList();
  }
}
