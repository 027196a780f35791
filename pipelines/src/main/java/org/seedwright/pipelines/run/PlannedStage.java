package org.seedwright.pipelines.run;

import java.util.Map;
import java.util.Optional;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.workspace.StageManifest;

/**
 * A stage of a run with its place in the workspace.
 *
 * @param stage what is computed
 * @param fingerprint identity of its rows
 * @param inputs fingerprints of the stages that it reads, by name
 * @param folder where its tables are or will be
 * @param finished its manifest, if it is there to be reused
 */
public record PlannedStage(
    Stage stage,
    String fingerprint,
    Map<String, String> inputs,
    String folder,
    Optional<StageManifest> finished) {
  public PlannedStage {
    inputs = Map.copyOf(inputs);
  }
}
