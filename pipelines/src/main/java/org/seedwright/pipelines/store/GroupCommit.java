package org.seedwright.pipelines.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One thread that writes what all others hand in. What waits at the same moment is committed
 * together, so that a sync of the disk (milliseconds) is shared; a caller goes on when its own
 * write is durable. A write that fails takes no other of its group with it.
 */
public final class GroupCommit implements AutoCloseable {
  /** Bounds a transaction, so that no caller waits for thousands of others. */
  private static final int LARGEST_GROUP = 512;

  /** One write; runs within a transaction, and again in one of its own when its group failed. */
  public interface Write<T> {
    /** Does it; what it returns is handed to the caller once it is durable. */
    T apply(Connection connection) throws SQLException;
  }

  /** What differs between databases. */
  public interface Database {
    /** Comes first in every transaction. */
    void begin(Connection connection) throws SQLException;

    /** Makes the transaction durable. */
    default void commit(Connection connection) throws SQLException {
      connection.commit();
    }

    /** Undoes the transaction; the next statement begins another. */
    default void rollback(Connection connection) throws SQLException {
      connection.rollback();
    }

    /** Puts an error into words. */
    StoreException failure(SQLException e);
  }

  private static final class Waiting<T> {
    private final Write<T> write;
    private final CompletableFuture<T> durable = new CompletableFuture<>();
    private T value;

    Waiting(Write<T> write) {
      this.write = write;
    }

    void run(Connection connection) throws SQLException {
      value = write.apply(connection);
    }

    void complete() {
      durable.complete(value);
    }
  }

  private static final Waiting<Boolean> END = new Waiting<>(connection -> true);

  private final String store;
  private final Connection connection;
  private final Database database;
  private final LinkedBlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean closed;

  /**
   * Starts the thread.
   *
   * @param store what it is and where, for messages
   * @param connection for this thread alone
   */
  public GroupCommit(String store, Connection connection, Database database) throws SQLException {
    this.store = store;
    this.connection = connection;
    this.database = database;
    connection.setAutoCommit(false);
    thread = new Thread(this::writeAll, "store-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Returns when the write is durable. An interrupt does not cut the wait short: the write would
   * happen all the same, and its caller would not know.
   *
   * @throws StoreException when it failed, or this is closed
   */
  public <T> T durably(Write<T> write) {
    var waiting = new Waiting<>(write);
    synchronized (this) {
      if (closed) {
        throw new StoreException("%s is closed".formatted(store));
      }
      queue.add(waiting);
    }
    try {
      return waiting.durable.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw database.failure(sql);
      }
      if (e.getCause() instanceof StoreException known) {
        throw new StoreException(known.getMessage(), known);
      }
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw new IllegalArgumentException(wrong.getMessage(), wrong);
      }
      throw e;
    }
  }

  private void writeAll() {
    var group = new ArrayList<Waiting<?>>();
    boolean open = true;
    while (open) {
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        // Nobody but close() ends this thread: replies that were paid for are waiting.
        continue;
      }
      queue.drainTo(group, LARGEST_GROUP - 1);
      open = !group.remove(END);
      commit(group);
      group.clear();
    }
  }

  private void commit(List<Waiting<?>> group) {
    try {
      database.begin(connection);
      for (Waiting<?> waiting : group) {
        waiting.run(connection);
      }
      database.commit(connection);
    } catch (SQLException | RuntimeException e) {
      rollback();
      if (group.size() == 1) {
        group.get(0).durable.completeExceptionally(e);
      } else {
        group.forEach(waiting -> commit(List.of(waiting)));
      }
      return;
    }
    group.forEach(Waiting::complete);
  }

  private void rollback() {
    try {
      database.rollback(connection);
    } catch (SQLException e) {
      // The connection is gone, and the transaction with it: the first error is reported.
    }
  }

  /** Writes what waits, and ends. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(END);
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
