package org.seedwright.pipelines.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Commits to an SQLite store: accounts last, and the mark moved on after each. */
record SqliteCommits(
    Path file, StoreMark mark, SqliteAccounts accounts, SqliteJournalNumbers numbers)
    implements GroupCommit.Database {
  @Override
  public void begin(Connection connection) {
    // No other process writes, so nothing needs to be locked; a transaction that failed left none.
    accounts.forget();
    numbers.begin();
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    accounts.write(connection);
    connection.commit();
    accounts.forget();
    mark.reached(numbers.committed());
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    Sqlite.rollback(connection);
  }

  @Override
  public StoreException failure(SQLException e) {
    return SqliteFile.failure(file, e);
  }
}
