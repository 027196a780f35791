package org.seedwright.pipelines.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Opens the SQLite file of a response store and makes its tables. */
final class SqliteFile {
  /** Written into the file's {@code application_id}: the letters "Seed". */
  private static final int APPLICATION = 0x53656564;

  private static final int VERSION = 2;

  private static final String ACCOUNTS =
      """
      CREATE TABLE accounts (
        run TEXT PRIMARY KEY,
        spent_tokens INTEGER NOT NULL DEFAULT 0,
        spent_nano_usd INTEGER NOT NULL DEFAULT 0,
        reserved_tokens INTEGER NOT NULL DEFAULT 0,
        reserved_nano_usd INTEGER NOT NULL DEFAULT 0) STRICT""";

  private static final String[] TABLES = {
    "CREATE TABLE requests (key TEXT PRIMARY KEY, request TEXT NOT NULL) STRICT",
    """
    CREATE TABLE replies (
      ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL REFERENCES requests (key),
      max_output_tokens INTEGER NOT NULL,
      ending TEXT NOT NULL,
      input_tokens INTEGER NOT NULL,
      output_tokens INTEGER NOT NULL,
      reply TEXT NOT NULL,
      digest TEXT NOT NULL,
      UNIQUE (key, max_output_tokens)) STRICT""",
    """
    CREATE TABLE journal (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL REFERENCES requests (key),
      max_output_tokens INTEGER NOT NULL,
      run TEXT NOT NULL,
      event TEXT NOT NULL CHECK (event IN ('sent', 'stored', 'failed')),
      call INTEGER REFERENCES journal (seq),
      channel TEXT NOT NULL DEFAULT 'call' CHECK (channel IN ('call', 'file')),
      tokens INTEGER NOT NULL DEFAULT 0,
      nano_usd INTEGER NOT NULL DEFAULT 0) STRICT""",
    "CREATE INDEX journal_key ON journal (key)",
    "CREATE INDEX journal_call ON journal (call)",
    """
    CREATE TABLE transport_failures (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL,
      run TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      kind TEXT NOT NULL,
      status INTEGER,
      message TEXT NOT NULL,
      at TEXT NOT NULL) STRICT""",
    ACCOUNTS,
  };

  /** What version 2 has more than version 1, whose calls had neither channel nor cost. */
  private static final String[] FROM_VERSION_1 = {
    "ALTER TABLE journal ADD COLUMN channel TEXT NOT NULL DEFAULT 'call' CHECK (channel IN"
        + " ('call', 'file'))",
    "ALTER TABLE journal ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE journal ADD COLUMN nano_usd INTEGER NOT NULL DEFAULT 0",
    ACCOUNTS,
  };

  private static final int CACHE_KIB = 128 << 10;

  /**
   * Of a new file. Keys are digests, so each call changes a page of every index, and the log takes
   * whole pages: with SQLite's own 4,096 bytes it takes 40 KB a call.
   */
  private static final int PAGE_BYTES = 1024;

  /**
   * Pages of the write-ahead log (64 MB) after which they are copied into the file. A page that
   * many commits change is copied once; SQLite's own 1,000 would be reached by a single large
   * group.
   */
  private static final int LOG_PAGES = 64_000;

  private SqliteFile() {}

  /** Opens the file, with its tables made where it is new; an old one is checked before. */
  static Connection open(Path file) {
    boolean fresh;
    try {
      fresh = !Files.exists(file) || Files.size(file) == 0;
    } catch (IOException e) {
      throw new StoreException(
          "cannot read the response store %s: %s".formatted(file, e.getMessage()), e);
    }
    if (!fresh) {
      SqliteCheck.check(file, APPLICATION, VERSION);
    }
    Connection connection = connect(file);
    boolean usable = false;
    try (Statement statement = connection.createStatement()) {
      if (fresh) {
        change(connection, statement, TABLES);
        // Into the file itself, so that a store whose log is lost is still known for one.
        statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
      checkOwner(file, connection, statement);
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

  static Connection connect(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(10_000);
    config.setPageSize(PAGE_BYTES);
    // Every row of a group lands on pages of its own.
    config.setCacheSize(-CACHE_KIB);
    // Nobody asks for them, and the driver would fetch them after every statement.
    config.setGetGeneratedKeys(false);
    Connection connection = null;
    boolean usable = false;
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
      }
      usable = true;
      return connection;
    } catch (SQLException e) {
      throw failure(file, e);
    } finally {
      if (!usable && connection != null) {
        Sqlite.closeQuietly(connection);
      }
    }
  }

  private static void change(Connection connection, Statement statement, String[] changes)
      throws SQLException {
    connection.setAutoCommit(false);
    for (String change : changes) {
      statement.execute(change);
    }
    statement.execute("PRAGMA application_id = " + APPLICATION);
    statement.execute("PRAGMA user_version = " + VERSION);
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void checkOwner(Path file, Connection connection, Statement statement)
      throws SQLException {
    int application = number(statement, "PRAGMA application_id");
    int version = number(statement, "PRAGMA user_version");
    if (application != APPLICATION) {
      throw new StoreException(
          "%s is an SQLite file, but not a response store of Seedwright".formatted(file));
    }
    if (version == 1) {
      change(connection, statement, FROM_VERSION_1);
    } else if (version != VERSION) {
      throw new StoreException(
          "the response store %s has schema version %d; this build reads versions 1 and %d"
              .formatted(file, version, VERSION));
    }
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  static StoreException failure(Path file, SQLException e) {
    return Sqlite.failure("response store", file, e);
  }
}
