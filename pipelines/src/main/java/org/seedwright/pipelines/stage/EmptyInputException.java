package org.seedwright.pipelines.stage;

/** Nothing is left to work on; the message says why. */
public final class EmptyInputException extends RuntimeException {
  EmptyInputException(String message) {
    super(message);
  }
}
