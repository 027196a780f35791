package org.seedwright.pipelines.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What every store in an SQLite file needs to know of SQLite and its driver. */
public final class Sqlite {
  private Sqlite() {}

  /**
   * Puts an error into words.
   *
   * @param kind what the store is called, {@code response store} for example
   */
  public static StoreException failure(String kind, Path file, SQLException e) {
    String words = "the %s %s cannot be used: %s";
    if (e instanceof SQLiteException sqlite) {
      SQLiteErrorCode code = sqlite.getResultCode();
      if (code == SQLiteErrorCode.SQLITE_NOTADB) {
        return new StoreException(
            "%s is not a%s %s: it is no SQLite file (%s)"
                .formatted(
                    file, "aeiou".indexOf(kind.charAt(0)) < 0 ? "" : "n", kind, e.getMessage()),
            e);
      } else if ((code.code & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code) {
        words = "the %s %s is damaged; restore it from a copy (%s)";
      } else if ((code.code & 0xff) == SQLiteErrorCode.SQLITE_FULL.code) {
        words = "no space left for the %s %s (%s)";
      }
    }
    return new StoreException(words.formatted(kind, file, e.getMessage()), e);
  }

  /**
   * Undoes the transaction. On a full disk SQLite may have rolled back by itself. The driver's own
   * rollback fails then and begins no new transaction, and without one every statement would be
   * committed alone: a reply without its line in the journal.
   */
  public static void rollback(Connection connection) throws SQLException {
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

  /** Closes a connection, of any database, that failed and through which nothing was written. */
  public static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The exception that made us close it says what matters; nothing was written since.
    }
  }
}
