package org.seedwright.analysis;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * One DuckDB inside this process: two threads, one gigabyte of memory, no network and no extension
 * beyond those linked into the library.
 */
final class DuckDb implements AutoCloseable {
  private final Connection connection;

  private DuckDb(Connection connection) {
    this.connection = connection;
  }

  static DuckDb open() {
    Properties settings = new Properties();
    settings.setProperty("threads", "2");
    settings.setProperty("memory_limit", "1GB");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    // Otherwise a large query would leave a folder .tmp wherever the command was started.
    settings.setProperty(
        "temp_directory",
        Path.of(
                System.getProperty("java.io.tmpdir"),
                "seedwright-duckdb-" + ProcessHandle.current().pid())
            .toString());
    try {
      return new DuckDb(DriverManager.getConnection("jdbc:duckdb:", settings));
    } catch (SQLException e) {
      throw new TableException("cannot start DuckDB: " + e.getMessage(), e);
    }
  }

  /** Takes every row of an answer. */
  void ask(String sql, List<?> parameters, EachRow each) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          each.take(rows);
        }
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Runs statements that answer nothing, one after the other. */
  void define(String statements) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Runs one statement that answers nothing. */
  void define(String sql, List<?> parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      statement.execute();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Takes rows for a table, on a connection of its own so that others may be read meanwhile. */
  Rows append(String table) {
    try {
      DuckDBConnection own = connection.unwrap(DuckDBConnection.class).duplicate();
      return new Rows(own, own.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table));
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Rows on their way into a table; they are there once it is closed. */
  record Rows(Connection connection, DuckDBAppender appender) implements AutoCloseable {
    void add(String id, String text, long number) throws SQLException {
      appender.beginRow();
      appender.append(id);
      appender.append(text);
      appender.append(number);
      appender.endRow();
    }

    @Override
    public void close() {
      try {
        try {
          appender.close();
        } finally {
          connection.close();
        }
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }
  }

  private static TableException unreadable(SQLException e) {
    return new TableException("cannot read table: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new TableException("cannot close DuckDB: " + e.getMessage(), e);
    }
  }

  /** Takes one row of an answer. */
  interface EachRow {
    void take(ResultSet row) throws SQLException;
  }
}
