package org.seedwright.pipelines.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * A store seen from outside: how large it is and how many replies it holds. Looking makes no file,
 * takes no lock that lasts and changes nothing.
 *
 * @param place file or address where the store is or would be
 * @param bytes its size with its write-ahead log; 0 where there is none
 * @param owner process that has it open, or words where that is not told
 * @param replies how many it holds; absent while a process has it open or it cannot be read
 * @param accounts of the runs that asked through it; empty where they are not known
 * @param problem why it cannot be read
 */
public record StoreLook(
    String place,
    long bytes,
    Optional<String> owner,
    Optional<Long> replies,
    Map<String, Account> accounts,
    Optional<String> problem) {
  public StoreLook {
    accounts = Map.copyOf(accounts);
  }

  /** Tells whether there is a store. */
  public boolean exists() {
    return bytes > 0;
  }

  /** Looks at a store, which need not exist. */
  public static StoreLook at(Path file) throws IOException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    long logBytes = Files.exists(log) ? Files.size(log) : 0;
    if (!Files.isRegularFile(file) || Files.size(file) + logBytes == 0) {
      return new StoreLook(
          file.toString(), 0, Optional.empty(), Optional.of(0L), Map.of(), Optional.empty());
    }
    long bytes = Files.size(file) + logBytes;
    Optional<String> owner = StoreLock.owner(file);
    if (owner.isPresent()) {
      return new StoreLook(
          file.toString(), bytes, owner, Optional.empty(), Map.of(), Optional.empty());
    }
    try {
      return read(file, bytes, logBytes == 0);
    } catch (SQLException e) {
      return new StoreLook(
          file.toString(),
          bytes,
          owner,
          Optional.empty(),
          Map.of(),
          Optional.of(SqliteFile.failure(file, e).getMessage()));
    }
  }

  /** Looks at a database, which need not hold a store. */
  public static StoreLook at(PostgresAddress address) {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement()) {
      if (!PostgresSchema.isThere(statement)) {
        return new StoreLook(
            address.toString(), 0, Optional.empty(), Optional.of(0L), Map.of(), Optional.empty());
      }
      PostgresSchema.checkVersion(address, statement);
      return new StoreLook(
          address.toString(),
          count(
              connection,
              "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r'"
                  + " AND relnamespace = to_regnamespace('seedwright')"),
          Optional.empty(),
          Optional.of(count(connection, "SELECT count(*) FROM replies")),
          AccountsTable.read(connection),
          Optional.empty());
    } catch (SQLException | StoreException e) {
      return new StoreLook(
          address.toString(),
          0,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.of(e.getMessage()));
    }
  }

  private static StoreLook read(Path file, long bytes, boolean settled) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    // Without a log the file is all there is; opened so, SQLite makes no files beside it.
    String url = "jdbc:sqlite:" + file.toUri() + (settled ? "?immutable=1" : "?mode=ro");
    try (Connection connection = DriverManager.getConnection(url, config.toProperties())) {
      // A store of a build before there were accounts gets them when it is opened to be written.
      boolean accounted =
          count(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'accounts'") > 0;
      return new StoreLook(
          file.toString(),
          bytes,
          Optional.empty(),
          Optional.of(count(connection, "SELECT count(*) FROM replies")),
          accounted ? AccountsTable.read(connection) : Map.of(),
          Optional.empty());
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
