package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The same request may be answered later. */
public final class RetriableTeacherException extends TeacherException {
  private final transient Optional<Duration> retryAfter;

  public RetriableTeacherException(
      FailureKind kind, OptionalInt status, String message, Optional<Duration> retryAfter) {
    super(kind, status, message);
    if (!kind.retriable()) {
      throw new IllegalArgumentException(kind.id() + " is not retriable");
    }
    this.retryAfter = retryAfter;
  }

  /** How long the server asked to be left alone. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
