package org.seedwright.pipelines.teacher;

import java.net.URI;
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

  /**
   * What came back is no reply.
   *
   * @param what is wrong with it
   * @param body what came; its beginning is quoted, without the secret
   */
  static RetriableTeacherException malformed(URI address, Secret secret, String what, String body) {
    return new RetriableTeacherException(
        FailureKind.MALFORMED_REPLY,
        OptionalInt.empty(),
        "%s is no reply (%s): %s"
            .formatted(
                address, secret.strikeFrom(what), WholeReplies.beginning(secret.strikeFrom(body))),
        Optional.empty());
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
