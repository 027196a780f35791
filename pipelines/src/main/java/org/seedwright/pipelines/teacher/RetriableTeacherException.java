package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The same request may be answered later. */
public final class RetriableTeacherException extends TeacherException {
  private final transient Optional<Duration> retryAfter;
  private final boolean left;

  public RetriableTeacherException(
      FailureKind kind, OptionalInt status, String message, Optional<Duration> retryAfter) {
    this(kind, status, message, retryAfter, true);
  }

  /**
   * @param left whether anything of the request may have reached the server
   */
  RetriableTeacherException(
      FailureKind kind,
      OptionalInt status,
      String message,
      Optional<Duration> retryAfter,
      boolean left) {
    super(kind, status, message);
    this.left = left;
    if (!kind.retriable()) {
      throw new IllegalArgumentException(kind.id() + " is not retriable");
    }
    this.retryAfter = retryAfter;
  }

  @Override
  public boolean mayBeBilled() {
    return left && super.mayBeBilled();
  }

  /** How long the server asked to be left alone. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
