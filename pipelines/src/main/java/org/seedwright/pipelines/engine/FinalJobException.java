package org.seedwright.pipelines.engine;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * What would come out the same if it were tried again: a job in which it is thrown ends by it, on
 * whatever worker that is, and Flink does not restart it.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public abstract class FinalJobException extends RuntimeException {
  protected FinalJobException(String message) {
    super(message);
  }

  protected FinalJobException(String message, Throwable cause) {
    super(message, cause);
  }
}
