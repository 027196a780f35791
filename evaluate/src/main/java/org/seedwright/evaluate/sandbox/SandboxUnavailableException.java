package org.seedwright.evaluate.sandbox;

/** No program can be run in this sandbox on this machine; the message says what is missing. */
public final class SandboxUnavailableException extends RuntimeException {
  public SandboxUnavailableException(String message) {
    super(message);
  }

  public SandboxUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
