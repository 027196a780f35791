package org.seedwright.pipelines.stage;

/** A stage that ended early and can go on: run the same command again. */
public final class StageStoppedException extends RuntimeException {
  public StageStoppedException(String message) {
    super(message);
  }
}
