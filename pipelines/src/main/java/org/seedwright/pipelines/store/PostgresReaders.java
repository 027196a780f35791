package org.seedwright.pipelines.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * A few connections for reading, made when first needed, shared by all threads. A thread waits for
 * one while all are in use.
 */
final class PostgresReaders implements AutoCloseable {
  private final PostgresAddress address;
  private final Semaphore free;
  private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  /** One question, as a single statement: what it sees is one moment of the store. */
  interface Read<T> {
    T apply(Connection connection) throws SQLException;
  }

  PostgresReaders(PostgresAddress address, int most) {
    this.address = address;
    this.free = new Semaphore(most);
  }

  <T> T read(Read<T> read) throws SQLException {
    free.acquireUninterruptibly();
    try {
      Connection connection = idle.poll();
      if (connection == null) {
        connection = address.connect();
        connection.setReadOnly(true);
      }
      boolean usable = false;
      try {
        T value = read.apply(connection);
        usable = true;
        return value;
      } finally {
        if (usable && !closed) {
          idle.add(connection);
        } else {
          connection.close();
        }
      }
    } finally {
      free.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      Sqlite.closeQuietly(connection);
    }
  }
}
