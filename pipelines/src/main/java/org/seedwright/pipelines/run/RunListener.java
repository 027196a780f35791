package org.seedwright.pipelines.run;

/** Hears how a run goes on. */
public interface RunListener {
  /** A stage is about to be computed. */
  void started(PlannedStage stage);

  /** A stage is there, computed or reused. */
  void finished(StageOutcome stage);
}
