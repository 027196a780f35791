package org.seedwright.pipelines.engine;

/** A cluster, or what it needs, is not as the command was told; the message says what to do. */
public final class ClusterUnusableException extends FinalJobException {
  public ClusterUnusableException(String message) {
    super(message);
  }

  public ClusterUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
