package org.seedwright.pipelines.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.workspace.StageFiles;
import org.seedwright.pipelines.workspace.StageManifest;
import org.seedwright.pipelines.workspace.Workspace;

/**
 * Stages with their places in a workspace: which are there, which are to be computed.
 *
 * @param workspace where
 * @param shards into how many parts each table is cut, 1 to 4096
 * @param stages in an order in which each comes after those that it reads
 */
public record StagePlan(Workspace workspace, int shards, List<PlannedStage> stages) {
  public StagePlan {
    stages = List.copyOf(stages);
  }

  /**
   * Finds the places of stages.
   *
   * @throws org.seedwright.pipelines.workspace.DamagedStageException if a stage that is there lacks
   *     a file or part of one
   */
  public static StagePlan of(Workspace workspace, int shards, List<Stage> stages)
      throws IOException {
    var planned = new ArrayList<PlannedStage>();
    var fingerprints = new LinkedHashMap<String, String>();
    for (Stage stage : stages) {
      Map<String, String> inputs = new TreeMap<>();
      stage.inputs().forEach(input -> inputs.put(input, fingerprints.get(input)));
      String fingerprint = Fingerprint.of(stage, shards, inputs);
      String folder = workspace.stageFolder(stage.name(), fingerprint);
      fingerprints.put(stage.name(), fingerprint);
      planned.add(
          new PlannedStage(stage, fingerprint, inputs, folder, finished(workspace, folder)));
    }
    return new StagePlan(workspace, shards, planned);
  }

  /** Returns the plan of the first stages alone. */
  public StagePlan first(int count) {
    return new StagePlan(workspace, shards, stages.subList(0, count));
  }

  /** Returns the manifest of a stage that is there whole, or nothing if there is none. */
  static Optional<StageManifest> finished(Workspace workspace, String folder) throws IOException {
    Optional<StageManifest> manifest = workspace.manifest(folder);
    if (manifest.isPresent()) {
      new StageFiles(folder, manifest.get()).requireWhole();
    }
    return manifest;
  }
}
