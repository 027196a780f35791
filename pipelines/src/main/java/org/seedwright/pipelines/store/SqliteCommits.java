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

  /**
   * On a full disk SQLite may have rolled back by itself. The driver's own rollback fails then and
   * begins no new transaction, and without one every statement would be committed alone: a reply
   * without its line in the journal.
   */
  @Override
  public void rollback(Connection connection) throws SQLException {
    try {
      connection.rollback();
    } catch (SQLException nothingToRollBack) {
      try {
        connection.setAutoCommit(true);
      } catch (SQLException nothingToCommit) {
        // The driver now knows that no transaction is open, which is what this is for.
      }
      connection.setAutoCommit(false);
    }
  }

  @Override
  public StoreException failure(SQLException e) {
    return SqliteFile.failure(file, e);
  }
}
