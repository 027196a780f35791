package org.seedwright.pipelines.engine;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** A job that tells when its result is there. */
record EndingJob(JobClient job, Runnable atEnd) implements JobClient {
  @Override
  public JobID getJobID() {
    return job.getJobID();
  }

  @Override
  public CompletableFuture<JobStatus> getJobStatus() {
    return job.getJobStatus();
  }

  @Override
  public CompletableFuture<Void> cancel() {
    return job.cancel();
  }

  @Override
  public CompletableFuture<String> stopWithSavepoint(
      boolean advance, String folder, SavepointFormatType format) {
    return job.stopWithSavepoint(advance, folder, format);
  }

  @Override
  public CompletableFuture<String> triggerSavepoint(String folder, SavepointFormatType format) {
    return job.triggerSavepoint(folder, format);
  }

  @Override
  public CompletableFuture<Map<String, Object>> getAccumulators() {
    return job.getAccumulators();
  }

  @Override
  public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
    return job.getJobExecutionResult().whenComplete((result, failure) -> atEnd.run());
  }
}
