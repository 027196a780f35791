package org.seedwright.pipelines.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.pipelines.store.GroupCommit;
import org.seedwright.pipelines.store.Sqlite;
import org.seedwright.pipelines.store.StoreException;
import org.seedwright.pipelines.store.StoreLock;

/**
 * Outcomes in one SQLite file on a local file system, for one process at a time. What {@link
 * #store} returned for outlives the process, however that ends; a power cut may take the last
 * seconds, which are run again. Writes of many threads share a commit.
 *
 * <p>An outcome is kept as canonical JSON, which holds every Java string, with a digest over it,
 * its keys and its measurement: damage is an error that names the execution, never another verdict.
 */
public final class ExecutionStore implements Executions {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final Path file;
  private final StoreLock lock;
  private final Connection writing;
  private final Connection reading;
  private final PreparedStatement insert;

  /** Of the connection that writes, for its thread alone. */
  private final PreparedStatement standing;

  /** Guarded by the connection that reads. */
  private final PreparedStatement find;

  private final GroupCommit commits;

  /** Guarded by the connection that reads. */
  private boolean closed;

  private ExecutionStore(Path file, StoreLock lock, Connection writing, Connection reading)
      throws SQLException {
    this.file = file;
    this.lock = lock;
    this.writing = writing;
    this.reading = reading;
    this.insert = writing.prepareStatement(OutcomeRow.INSERT);
    this.standing = writing.prepareStatement(OutcomeRow.SELECT);
    this.find = reading.prepareStatement(OutcomeRow.SELECT);
    this.commits = new GroupCommit("the execution store " + file, writing, new Commits(file));
  }

  /**
   * Opens the store, which is made where there is none, with its folder.
   *
   * @throws StoreException when another process holds it, or the file is not an execution store, or
   *     is damaged, or cannot be written; nothing is changed then
   */
  public static ExecutionStore open(Path file) {
    Path absolute = file.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new StoreException("the execution store %s is a folder".formatted(file));
    }
    try {
      Files.createDirectories(absolute.getParent());
    } catch (IOException e) {
      throw new StoreException(
          "cannot make the folder of the execution store %s: %s".formatted(file, e.getMessage()),
          e);
    }
    StoreLock lock = StoreLock.of(ExecutionFile.KIND, absolute);
    Connection writing = null;
    Connection reading = null;
    boolean opened = false;
    try {
      writing = ExecutionFile.open(absolute);
      reading = ExecutionFile.connect(absolute);
      var store = new ExecutionStore(absolute, lock, writing, reading);
      opened = true;
      return store;
    } catch (SQLException e) {
      throw ExecutionFile.failure(absolute, e);
    } finally {
      if (!opened) {
        if (reading != null) {
          Sqlite.closeQuietly(reading);
        }
        if (writing != null) {
          Sqlite.closeQuietly(writing);
        }
        lock.close();
      }
    }
  }

  @Override
  public Optional<Outcome> find(String executionKey, String environment) {
    check("an execution's key", executionKey);
    check("an environment's digest", environment);
    return read(() -> outcome(find, executionKey, environment));
  }

  @Override
  public Outcome store(String executionKey, String environment, Outcome outcome) {
    check("an execution's key", executionKey);
    check("an environment's digest", environment);
    if (!outcome.verdict().isOfTheProgram()) {
      throw new IllegalArgumentException(
          "%s is the machine's verdict: it is no outcome of execution %s"
              .formatted(outcome.verdict().id(), executionKey));
    }
    OutcomeRow row = OutcomeRow.of(executionKey, environment, outcome);
    return commits.durably(
        connection -> {
          row.set(insert);
          return insert.executeUpdate() == 1
              ? outcome
              : outcome(standing, executionKey, environment).orElseThrow();
        });
  }

  private Optional<Outcome> outcome(PreparedStatement query, String key, String environment)
      throws SQLException {
    query.setString(1, key);
    query.setString(2, environment);
    try (ResultSet rows = query.executeQuery()) {
      return rows.next()
          ? Optional.of(OutcomeRow.read(rows, key, environment).outcome(file))
          : Optional.empty();
    }
  }

  @Override
  public void close() {
    synchronized (reading) {
      if (closed) {
        return;
      }
      closed = true;
    }
    commits.close();
    try {
      reading.close();
      writing.close();
    } catch (SQLException e) {
      throw ExecutionFile.failure(file, e);
    } finally {
      lock.close();
    }
  }

  private interface Read<T> {
    T get() throws SQLException;
  }

  /** Reads see what was committed; one at a time, each well under a millisecond. */
  private <T> T read(Read<T> read) {
    synchronized (reading) {
      if (closed) {
        throw new StoreException("the execution store %s is closed".formatted(file));
      }
      try {
        return read.get();
      } catch (SQLException e) {
        throw ExecutionFile.failure(file, e);
      }
    }
  }

  private static void check(String what, String digest) {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException(
          "%s has 64 lower-case hex digits, but was '%s'".formatted(what, digest));
    }
  }

  private record Commits(Path file) implements GroupCommit.Database {
    @Override
    public void begin(Connection connection) {
      // No other process writes, so nothing needs to be locked.
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
      Sqlite.rollback(connection);
    }

    @Override
    public StoreException failure(SQLException e) {
      return ExecutionFile.failure(file, e);
    }
  }
}
