package org.seedwright.pipelines.engine;

import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.util.UserCodeException;

/** A job failed. The cause is the exception of the work itself where the runner passed it on. */
public final class EngineException extends RuntimeException {
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Wraps what a runner threw, without the wrappers that runners put around it: the cause is what
   * the work itself threw, which names file or row, and not what lies beneath that.
   */
  public static EngineException of(String job, Throwable thrown) {
    Throwable cause = ofTheWork(thrown);
    return new EngineException("job %s failed: %s".formatted(job, cause), cause);
  }

  private static Throwable ofTheWork(Throwable thrown) {
    Throwable work = null;
    Throwable last = thrown;
    for (Throwable next = thrown; next != null; next = next.getCause()) {
      last = next;
      if (next instanceof UserCodeException || next instanceof PipelineExecutionException) {
        work = next.getCause();
      }
    }
    return work == null ? last : work;
  }
}
