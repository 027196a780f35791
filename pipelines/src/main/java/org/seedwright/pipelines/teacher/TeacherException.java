package org.seedwright.pipelines.teacher;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * A request brought no reply. Either {@link RetriableTeacherException} or {@link
 * FinalTeacherException}; neither message nor cause holds an API key.
 */
public abstract class TeacherException extends Exception {
  private final FailureKind kind;
  private final OptionalInt status;

  TeacherException(FailureKind kind, OptionalInt status, String message) {
    super(message);
    this.kind = requireNonNull(kind, "kind is null");
    this.status = requireNonNull(status, "status is null");
  }

  public FailureKind kind() {
    return kind;
  }

  /** HTTP status, where the server sent one. */
  public OptionalInt status() {
    return status;
  }

  /**
   * Whether the provider may have billed the try: false only where it is certain that no reply was
   * made.
   */
  public boolean mayBeBilled() {
    return switch (kind) {
      case TIMEOUT, CONNECTION, MALFORMED_REPLY -> true;
      case RATE_LIMIT,
          SERVER_ERROR,
          BAD_REQUEST,
          UNKNOWN_REQUEST,
          BAD_KEY,
          UNKNOWN_MODEL,
          OUT_OF_CREDIT,
          PROVIDER_DOWN,
          OVER_BUDGET,
          NOT_SENT ->
          false;
    };
  }
}
