package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Carries a failure through LangChain4j, whose signatures allow no checked exception. It has no
 * cause on purpose: LangChain4j maps by the root cause, and a cause could hold a header.
 */
final class CallFailed extends RuntimeException {
  private final FailureKind kind;
  private final OptionalInt status;
  private final transient Optional<Duration> retryAfter;
  private final boolean left;

  CallFailed(FailureKind kind, OptionalInt status, String message, Optional<Duration> retryAfter) {
    this(kind, status, message, retryAfter, true);
  }

  private CallFailed(
      FailureKind kind,
      OptionalInt status,
      String message,
      Optional<Duration> retryAfter,
      boolean left) {
    super(message, null, false, false);
    this.left = left;
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  static CallFailed of(FailureKind kind, String message) {
    return new CallFailed(kind, OptionalInt.empty(), message, Optional.empty());
  }

  /** The connection was not made, so that nothing of the request left. */
  static CallFailed unsent(FailureKind kind, String message) {
    return new CallFailed(kind, OptionalInt.empty(), message, Optional.empty(), false);
  }

  TeacherException toTeacherException() {
    return kind.retriable()
        ? new RetriableTeacherException(kind, status, getMessage(), retryAfter, left)
        : new FinalTeacherException(kind, status, getMessage());
  }
}
