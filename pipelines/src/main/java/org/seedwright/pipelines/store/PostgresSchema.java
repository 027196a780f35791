package org.seedwright.pipelines.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * The tables of a store in a PostgreSQL database, in a schema of their own, and the two locks that
 * its processes share. One database holds one store.
 */
final class PostgresSchema {
  static final String NAME = "seedwright";

  /** First half of every advisory lock of ours: the letters "Seed". */
  private static final int LOCKS = 0x53656564;

  /** Second half of the lock that a process holds while it writes; sessions count from 1. */
  private static final int TURN = 0;

  /**
   * How long a process may do nothing while it has the turn, in seconds. The server ends the
   * session of one that was stopped there, or everybody would wait for it.
   */
  static final int TURN_SECONDS = 60;

  private static final int VERSION = 1;

  private static final String[] TABLES = {
    "CREATE SCHEMA seedwright",
    "CREATE TABLE store (version integer NOT NULL)",
    "INSERT INTO store VALUES (" + VERSION + ")",
    """
    CREATE TABLE sessions (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      run text NOT NULL,
      process text NOT NULL)""",
    "CREATE TABLE requests (key text PRIMARY KEY, request text NOT NULL)",
    """
    CREATE TABLE replies (
      ordinal bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text NOT NULL REFERENCES requests (key),
      max_output_tokens integer NOT NULL,
      ending text NOT NULL,
      input_tokens bigint NOT NULL,
      output_tokens bigint NOT NULL,
      reply text NOT NULL,
      digest text NOT NULL,
      UNIQUE (key, max_output_tokens))""",
    """
    CREATE TABLE journal (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text NOT NULL REFERENCES requests (key),
      max_output_tokens integer NOT NULL,
      run text NOT NULL,
      event text NOT NULL CHECK (event IN ('sent', 'stored', 'failed')),
      call bigint UNIQUE REFERENCES journal (seq),
      channel text NOT NULL CHECK (channel IN ('call', 'file')),
      tokens bigint NOT NULL,
      nano_usd bigint NOT NULL,
      session integer NOT NULL REFERENCES sessions (id))""",
    "CREATE INDEX journal_key ON journal (key)",
    """
    CREATE TABLE transport_failures (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text NOT NULL,
      run text NOT NULL,
      attempt integer NOT NULL,
      kind text NOT NULL,
      status integer,
      message text NOT NULL,
      at text NOT NULL)""",
    """
    CREATE TABLE accounts (
      run text PRIMARY KEY,
      spent_tokens bigint NOT NULL,
      spent_nano_usd bigint NOT NULL,
      reserved_tokens bigint NOT NULL,
      reserved_nano_usd bigint NOT NULL)""",
  };

  private PostgresSchema() {}

  /**
   * Makes the tables where there are none, and sees to it that a commit is durable.
   *
   * @param store its address, for messages
   */
  static void prepare(Object store, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      checkServer(store, statement);
      connection.setAutoCommit(false);
      takeTurn(connection);
      if (!isThere(statement)) {
        for (String table : TABLES) {
          statement.execute(table);
        }
      }
      connection.commit();
      checkVersion(store, statement);
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  private static void checkServer(Object store, Statement statement) throws SQLException {
    if (text(statement, "SHOW fsync").equals("off")) {
      throw new StoreException(
          "the server of the response store %s has fsync = off, so that replies that were paid for"
                  .formatted(store)
              + " are lost with its power; set fsync = on");
    }
    String encoding = text(statement, "SHOW server_encoding");
    if (!encoding.equals("UTF8")) {
      throw new StoreException(
          "the database of the response store %s has the encoding %s; it must be UTF8"
              .formatted(store, encoding));
    }
    // Whatever waits for more than this server's disk stays.
    if (Set.of("off", "local").contains(text(statement, "SHOW synchronous_commit"))) {
      statement.execute("SET synchronous_commit = on");
    }
    statement.execute("SET idle_in_transaction_session_timeout = '" + TURN_SECONDS + "s'");
    statement.execute("SET tcp_keepalives_idle = 30");
    statement.execute("SET tcp_keepalives_interval = 10");
    statement.execute("SET tcp_keepalives_count = 3");
  }

  /**
   * Checks a schema that is there, changing nothing.
   *
   * @throws StoreException when it is another program's or of another version
   */
  static void checkVersion(Object store, Statement statement) throws SQLException {
    if (!exists(statement, "SELECT to_regclass('" + NAME + ".store')")) {
      throw new StoreException(
          "the database %s has a schema %s, but it is not a response store of Seedwright"
              .formatted(store, NAME));
    }
    int version = Integer.parseInt(text(statement, "SELECT max(version) FROM store"));
    if (version != VERSION) {
      throw new StoreException(
          "the response store %s has schema version %d; this build reads version %d"
              .formatted(store, version, VERSION));
    }
  }

  /** Tells whether the database has a schema of our name. */
  static boolean isThere(Statement statement) throws SQLException {
    return exists(statement, "SELECT to_regnamespace('" + NAME + "')");
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    return text(statement, query) != null;
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /**
   * Waits until no other process writes. Held to the end of the transaction: what it reads stays
   * true until it has written, so that checking and journaling are one step over all processes.
   */
  static void takeTurn(Connection connection) throws SQLException {
    lock(connection, "SELECT pg_advisory_xact_lock(?, ?) IS NOT NULL", TURN);
  }

  /** Makes this connection the sign that a session lives: the lock ends with it, however. */
  static void live(Connection connection, int session) throws SQLException {
    if (!lock(connection, "SELECT pg_try_advisory_lock(?, ?)", session)) {
      throw new SQLException("session %d is another process".formatted(session));
    }
  }

  /** Ends a session at once, rather than when the server has noticed. */
  static void leave(Connection connection, int session) throws SQLException {
    lock(connection, "SELECT pg_advisory_unlock(?, ?)", session);
  }

  /** Tells whether the process of a session other than our own still has its connection. */
  static boolean isLive(Connection connection, int session) throws SQLException {
    return !lock(connection, "SELECT pg_try_advisory_xact_lock_shared(?, ?)", session);
  }

  /** The sessions that live, as a table with one column {@code session}. */
  static final String LIVE =
      "(SELECT objid::bigint AS session FROM pg_locks WHERE locktype = 'advisory' AND granted AND"
          + " classid::bigint = "
          + LOCKS
          + " AND objsubid = 2 AND mode = 'ExclusiveLock' AND database = (SELECT oid FROM"
          + " pg_database WHERE datname = current_database()))";

  private static boolean lock(Connection connection, String sql, int second) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setInt(1, LOCKS);
      query.setInt(2, second);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }
}
