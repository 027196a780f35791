package org.seedwright.pipelines.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.seedwright.pipelines.store.Sqlite;
import org.seedwright.pipelines.store.StoreException;
import org.sqlite.SQLiteConfig;

/** Opens the SQLite file of an execution store, makes its tables, and looks an old one over. */
final class ExecutionFile {
  /** What the store is called in messages. */
  static final String KIND = "execution store";

  /** Written into the file's {@code application_id}: the letters "Seex". */
  private static final int APPLICATION = 0x53656578;

  private static final int VERSION = 1;

  private ExecutionFile() {}

  /** Opens the file, with its tables made where it is new; an old one is checked, unchanged. */
  static Connection open(Path file) {
    boolean fresh;
    try {
      fresh = !Files.exists(file) || Files.size(file) == 0;
    } catch (IOException e) {
      throw new StoreException(
          "cannot read the execution store %s: %s".formatted(file, e.getMessage()), e);
    }
    if (!fresh) {
      check(file);
    }
    Connection connection = connect(file);
    boolean usable = false;
    try (Statement statement = connection.createStatement()) {
      if (fresh) {
        connection.setAutoCommit(false);
        statement.execute(OutcomeRow.TABLE);
        statement.execute("PRAGMA application_id = " + APPLICATION);
        statement.execute("PRAGMA user_version = " + VERSION);
        connection.commit();
        connection.setAutoCommit(true);
        // Into the file itself, so that a store whose log is lost is still known for one.
        statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
      usable = true;
      return connection;
    } catch (SQLException e) {
      throw failure(file, e);
    } finally {
      if (!usable) {
        Sqlite.closeQuietly(connection);
      }
    }
  }

  /** A connection to a file that is a store, or is new. */
  static Connection connect(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // What a commit wrote is the system's, which a kill of the process does not touch. A power cut
    // may take the last commits, all of them whole: their programs are run again.
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(10_000);
    // Nobody asks for them, and the driver would fetch them after every statement.
    config.setGetGeneratedKeys(false);
    try {
      return DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /**
   * Rows are held against indexes, so that none is missed by its key; each outcome has a digest,
   * which is checked when it is read.
   */
  private static void check(Path file) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
        Statement statement = connection.createStatement()) {
      if (Integer.parseInt(first(statement, "PRAGMA application_id")) != APPLICATION) {
        throw new StoreException(
            "%s is an SQLite file, but not an execution store of Seedwright".formatted(file));
      }
      int version = Integer.parseInt(first(statement, "PRAGMA user_version"));
      if (version != VERSION) {
        throw new StoreException(
            "the execution store %s has schema version %d; this build reads version %d"
                .formatted(file, version, VERSION));
      }
      String state = first(statement, "PRAGMA integrity_check(1)");
      if (!"ok".equals(state)) {
        throw damaged(file, state);
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  static StoreException failure(Path file, SQLException e) {
    return Sqlite.failure(KIND, file, e);
  }

  static StoreException damaged(Path file, String where) {
    return new StoreException(
        ("the execution store %s is damaged (%s); restore it from a copy, or delete it and every"
                + " program is run again")
            .formatted(file, where));
  }

  private static String first(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
