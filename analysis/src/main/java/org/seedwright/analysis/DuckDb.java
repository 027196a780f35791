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
