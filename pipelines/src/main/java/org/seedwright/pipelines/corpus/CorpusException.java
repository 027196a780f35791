package org.seedwright.pipelines.corpus;

/** A source that cannot be listed as declared; the message says which and why. */
public final class CorpusException extends RuntimeException {
  public CorpusException(String message) {
    super(message);
  }

  CorpusException(String message, Throwable cause) {
    super(message, cause);
  }
}
