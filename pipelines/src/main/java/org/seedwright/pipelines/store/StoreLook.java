package org.seedwright.pipelines.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * @param problem why it cannot be read
 */
public record StoreLook(
    String place,
    long bytes,
    Optional<String> owner,
    Optional<Long> replies,
    Optional<String> problem) {

  /** Tells whether there is a store. */
  public boolean exists() {
    return bytes > 0;
  }

  /** Looks at a store, which need not exist. */
  public static StoreLook at(Path file) throws IOException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    long logBytes = Files.exists(log) ? Files.size(log) : 0;
    if (!Files.isRegularFile(file) || Files.size(file) + logBytes == 0) {
      return new StoreLook(file.toString(), 0, Optional.empty(), Optional.of(0L), Optional.empty());
    }
    long bytes = Files.size(file) + logBytes;
    Optional<String> owner = StoreLock.owner(file);
    if (owner.isPresent()) {
      return new StoreLook(file.toString(), bytes, owner, Optional.empty(), Optional.empty());
    }
    try {
      return new StoreLook(
          file.toString(), bytes, owner, Optional.of(count(file, logBytes == 0)), Optional.empty());
    } catch (SQLException e) {
      return new StoreLook(
          file.toString(),
          bytes,
          owner,
          Optional.empty(),
          Optional.of(SqliteFile.failure(file, e).getMessage()));
    }
  }

  /** Looks at a database, which need not hold a store. */
  public static StoreLook at(PostgresAddress address) {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement()) {
      if (!PostgresSchema.isThere(statement)) {
        return new StoreLook(
            address.toString(), 0, Optional.empty(), Optional.of(0L), Optional.empty());
      }
      PostgresSchema.checkVersion(address, statement);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT (SELECT count(*) FROM replies), (SELECT"
                  + " sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' AND"
                  + " relnamespace = to_regnamespace('seedwright'))")) {
        rows.next();
        return new StoreLook(
            address.toString(),
            rows.getLong(2),
            Optional.empty(),
            Optional.of(rows.getLong(1)),
            Optional.empty());
      }
    } catch (SQLException | StoreException e) {
      return new StoreLook(
          address.toString(), 0, Optional.empty(), Optional.empty(), Optional.of(e.getMessage()));
    }
  }

  private static long count(Path file, boolean settled) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    // Without a log the file is all there is; opened so, SQLite makes no files beside it.
    String url = "jdbc:sqlite:" + file.toUri() + (settled ? "?immutable=1" : "?mode=ro");
    try (Connection connection = DriverManager.getConnection(url, config.toProperties());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM replies")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
