package org.seedwright.evaluate.benchmark;

/** A benchmark could not be fetched; nothing was put where benchmarks are looked for. */
public final class FetchException extends RuntimeException {
  FetchException(String message) {
    super(message);
  }

  FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
