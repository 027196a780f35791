package org.seedwright.pipelines.engine;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Beam's direct runner, with its checks of mutation and encoding on: for checking pipelines, not
 * for work. It cannot carry a shuffle of more than some thousand keys.
 */
public final class DirectEngine implements Engine {
  private final BeamOptions given;

  /** Makes an engine. */
  public DirectEngine() {
    this(BeamOptions.NONE);
  }

  /**
   * Makes an engine.
   *
   * @param given options of Beam in place of the engine's
   */
  public DirectEngine(BeamOptions given) {
    this.given = given;
  }

  @Override
  public PipelineOptions options(String jobName) {
    return given.over(
        Map.of("jobName", jobName, "runner", "DirectRunner", "targetParallelism", "2"));
  }

  @Override
  public void run(Pipeline pipeline) {
    try {
      pipeline.run().waitUntilFinish();
    } catch (RuntimeException e) {
      throw EngineException.of(pipeline.getOptions().getJobName(), e);
    }
  }

  @Override
  public void close() {}
}
