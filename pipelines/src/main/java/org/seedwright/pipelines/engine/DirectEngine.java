package org.seedwright.pipelines.engine;

import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Beam's direct runner, with its checks of mutation and encoding on: for checking pipelines, not
 * for work. It cannot carry a shuffle of more than some thousand keys.
 */
public final class DirectEngine implements Engine {
  @Override
  public PipelineOptions options(String jobName) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setJobName(jobName);
    options.setRunner(DirectRunner.class);
    options.as(DirectOptions.class).setTargetParallelism(2);
    return options;
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
