package org.seedwright.pipelines.engine;

import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Flink inside the process: one mini cluster, started with the first job and shared by all that
 * follow, reached without REST and without staging jars. Batch exchange is on: a failure after a
 * shuffle does not run what is before it again.
 */
public final class LocalEngine implements Engine {
  private final int parallelism;
  private Optional<EmbeddedFlink> flink = Optional.empty();

  /**
   * Makes an engine; nothing is started yet.
   *
   * @param parallelism subtasks of a job, at least 1; the number of cores is a good one
   */
  public LocalEngine(int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException(
          "parallelism must be at least 1, but was %d".formatted(parallelism));
    }
    this.parallelism = parallelism;
  }

  @Override
  public PipelineOptions options(String jobName) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setJobName(jobName);
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flinkOptions = options.as(FlinkPipelineOptions.class);
    // "auto": whatever environment is installed in this process, which is ours.
    flinkOptions.setFlinkMaster("[auto]");
    flinkOptions.setParallelism(parallelism);
    flinkOptions.setExecutionModeForBatch("BATCH");
    // Rows are immutable records: a copy between chained operators would only cost time.
    flinkOptions.setObjectReuse(true);
    flinkOptions.setFasterCopy(true);
    return options;
  }

  @Override
  public synchronized void run(Pipeline pipeline) {
    if (flink.isEmpty()) {
      flink = Optional.of(EmbeddedFlink.start(parallelism));
    }
    try {
      pipeline.run().waitUntilFinish();
    } catch (RuntimeException e) {
      throw EngineException.of(pipeline.getOptions().getJobName(), e);
    }
  }

  @Override
  public synchronized void close() {
    flink.ifPresent(EmbeddedFlink::close);
    flink = Optional.empty();
  }
}
