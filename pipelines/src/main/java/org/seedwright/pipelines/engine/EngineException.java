package org.seedwright.pipelines.engine;

/** A job failed. The cause is the exception of the work itself where the runner passed it on. */
public final class EngineException extends RuntimeException {
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Wraps what a runner threw, without the wrappers that runners put around it. */
  static EngineException of(String job, Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return new EngineException("job %s failed: %s".formatted(job, cause), cause);
  }
}
