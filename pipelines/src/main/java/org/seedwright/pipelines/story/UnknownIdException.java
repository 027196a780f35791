package org.seedwright.pipelines.story;

/** An id names nothing, or too much. The message says which, and what it may have meant. */
public final class UnknownIdException extends RuntimeException {
  UnknownIdException(String message) {
    super(message);
  }
}
