package org.seedwright.pipelines.teacher;

import java.util.OptionalInt;

/** The same request would fail the same way again. */
public class FinalTeacherException extends TeacherException {
  public FinalTeacherException(FailureKind kind, OptionalInt status, String message) {
    super(kind, status, message);
    if (kind.retriable()) {
      throw new IllegalArgumentException(kind.id() + " is retriable");
    }
  }
}
