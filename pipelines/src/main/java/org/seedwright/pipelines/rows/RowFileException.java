package org.seedwright.pipelines.rows;

/** A file of rows that cannot be read; the message names the file and the place in it. */
public final class RowFileException extends RuntimeException {
  RowFileException(String message) {
    super(message);
  }
}
