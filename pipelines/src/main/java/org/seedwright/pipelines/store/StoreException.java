package org.seedwright.pipelines.store;

/**
 * A store cannot be used or cannot be trusted; the message names the file, and the key where there
 * is one.
 */
public final class StoreException extends RuntimeException {
  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
