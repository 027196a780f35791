package org.seedwright.pipelines.engine;

import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.configuration.Configuration;

/**
 * Flink inside the process: one mini cluster, started with the first job and shared by all that
 * follow, reached without REST and without staging jars. Batch exchange is on: a failure after a
 * shuffle does not run what is before it again.
 */
public final class LocalEngine implements Engine {
  private final int parallelism;
  private final BeamOptions given;
  private Optional<EmbeddedFlink> flink = Optional.empty();

  /**
   * Makes an engine; nothing is started yet.
   *
   * @param parallelism subtasks of a job, at least 1; the number of cores is a good one
   */
  public LocalEngine(int parallelism) {
    this(parallelism, BeamOptions.NONE);
  }

  /**
   * Makes an engine; nothing is started yet.
   *
   * @param parallelism subtasks of a job, at least 1; the number of cores is a good one
   * @param given options of Beam in place of the engine's
   */
  public LocalEngine(int parallelism, BeamOptions given) {
    if (parallelism < 1) {
      throw new IllegalArgumentException(
          "parallelism must be at least 1, but was %d".formatted(parallelism));
    }
    this.parallelism = parallelism;
    this.given = given;
  }

  @Override
  public PipelineOptions options(String jobName) {
    return given.over(flinkOptions(jobName, parallelism));
  }

  /** Returns what jobs on Flink have in common, wherever it is. */
  static Map<String, String> flinkOptions(String jobName, int parallelism) {
    return Map.of(
        "jobName", jobName,
        "runner", "FlinkRunner",
        // Whatever environment is installed in this process, which is ours.
        "flinkMaster", "[auto]",
        "parallelism", Integer.toString(parallelism),
        "executionModeForBatch", "BATCH",
        // Rows are immutable records: a copy between chained operators would only cost time.
        "objectReuse", "true",
        "fasterCopy", "true");
  }

  @Override
  public synchronized void run(Pipeline pipeline) {
    if (flink.isEmpty()) {
      flink = Optional.of(EmbeddedFlink.start(parallelism));
    }
    try {
      FlinkContext.during(
          flink.get(), new Configuration(), parallelism, () -> pipeline.run().waitUntilFinish());
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
