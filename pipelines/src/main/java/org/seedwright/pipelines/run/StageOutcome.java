package org.seedwright.pipelines.run;

import org.seedwright.pipelines.workspace.StageManifest;

/**
 * A finished stage of a run.
 *
 * @param manifest what it says of itself
 * @param folder where its tables are
 * @param reused whether it was there before
 */
public record StageOutcome(StageManifest manifest, String folder, boolean reused) {}
