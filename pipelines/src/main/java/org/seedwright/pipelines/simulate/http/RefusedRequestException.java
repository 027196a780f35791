package org.seedwright.pipelines.simulate.http;

/** Bytes that are no request, or one that this server does not take; the connection ends. */
final class RefusedRequestException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  RefusedRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
