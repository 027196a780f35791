package org.seedwright.pipelines.cli;

/** An argument of the command line that cannot be used. */
final class WrongInputException extends RuntimeException {
  WrongInputException(String message) {
    super(message);
  }
}
