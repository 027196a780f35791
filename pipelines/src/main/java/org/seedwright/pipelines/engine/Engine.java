package org.seedwright.pipelines.engine;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Runs Beam jobs one after the other. Nothing is started before the first job, so a command whose
 * stages are all reused starts no engine.
 */
public interface Engine extends AutoCloseable {
  /** Returns options for one job, to make its pipeline with. */
  PipelineOptions options(String jobName);

  /**
   * Runs a pipeline made with {@link #options} to its end.
   *
   * @throws EngineException if the job failed; its cause is what failed first
   */
  void run(Pipeline pipeline);

  /**
   * Cancels the job that runs in another process, if there is one: this process is about to end.
   * Jobs inside this process end with it.
   */
  default void cancel() {}

  /**
   * Returns the engine of jobs that need what only the process of the command has: the files of its
   * machine, its store. It is this one where this one works in the process; it is closed with it.
   */
  default Engine here() {
    return this;
  }

  /** Whether jobs run in other processes than this one, which see nothing of its memory. */
  default boolean isElsewhere() {
    return false;
  }

  /** Returns how many processes do the work of a job at a time, at most; 1 or more. */
  default int processes() {
    return 1;
  }

  /** Stops what was started. */
  @Override
  void close();
}
