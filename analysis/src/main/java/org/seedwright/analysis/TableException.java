package org.seedwright.analysis;

/** A table cannot be read as asked: it has no parts, lacks a column, or is not Parquet. */
public final class TableException extends RuntimeException {
  TableException(String message) {
    super(message);
  }

  TableException(String message, Throwable cause) {
    super(message, cause);
  }
}
