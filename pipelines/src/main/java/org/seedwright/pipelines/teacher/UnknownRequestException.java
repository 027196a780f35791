package org.seedwright.pipelines.teacher;

import java.util.OptionalInt;

/** A teacher that answers from recordings only was asked something new. */
public final class UnknownRequestException extends FinalTeacherException {
  public UnknownRequestException(String message) {
    super(FailureKind.UNKNOWN_REQUEST, OptionalInt.empty(), message);
  }
}
