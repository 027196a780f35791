package org.seedwright.pipelines.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * Looks a store over before it is used, changing nothing, so that a damaged one can still be
 * examined or repaired.
 *
 * <p>SQLite itself has no checksum in its main file, and ends its write-ahead log silently at the
 * first frame whose checksum is wrong. So each thing is held against another that says the same:
 * rows against indexes (SQLite's integrity check), journal against replies, journal against
 * accounts, and the journal's end against the mark beside the store. The texts of replies and
 * requests have digests, which are checked when they are read.
 *
 * <p>Reads the whole file: a store of 100,000 replies (672 MB, in the system's cache) took 4 to 6 s
 * on two busy cores.
 */
final class SqliteCheck {
  /** Offsets of the two bytes of the header that say that there is a write-ahead log. */
  private static final int[] LOG_MODES = {18, 19};

  private static final int WRITE_AHEAD = 2;

  /** Lines that name a reply which is not there, or replies that no line names. */
  private static final String UNMATCHED_REPLIES =
      """
      SELECT 'reply to request ' || key || ' under the cap ' || max_output_tokens FROM (
        SELECT * FROM (
          SELECT key, max_output_tokens FROM journal WHERE event = 'stored'
          EXCEPT SELECT key, max_output_tokens FROM replies)
        UNION ALL SELECT * FROM (
          SELECT key, max_output_tokens FROM replies
          EXCEPT SELECT key, max_output_tokens FROM journal WHERE event = 'stored')) LIMIT 1""";

  /** Runs whose account is not the sum of their lines. */
  private static final String UNMATCHED_ACCOUNTS =
      """
      SELECT 'account of the run ' || run FROM (
        SELECT run, sum(spent_tokens) AS a, sum(spent_nano_usd) AS b, sum(reserved_tokens) AS c,
            sum(reserved_nano_usd) AS d FROM (
          SELECT run, spent_tokens, spent_nano_usd, reserved_tokens, reserved_nano_usd FROM accounts
          UNION ALL
          SELECT opened.run, -coalesce(closing.tokens, 0), -coalesce(closing.nano_usd, 0),
              CASE WHEN closing.seq IS NULL THEN -opened.tokens ELSE 0 END,
              CASE WHEN closing.seq IS NULL THEN -opened.nano_usd ELSE 0 END
          FROM journal AS opened LEFT JOIN journal AS closing ON closing.call = opened.seq
          WHERE opened.event = 'sent') GROUP BY run)
      WHERE a <> 0 OR b <> 0 OR c <> 0 OR d <> 0 LIMIT 1""";

  private SqliteCheck() {}

  /**
   * Checks a store file that is there.
   *
   * @param version the newest schema version, which has accounts
   * @throws StoreException when it is damaged; the message says where
   */
  static void check(Path file, int application, int version) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
        Statement statement = connection.createStatement()) {
      long found = Long.parseLong(first(statement, "PRAGMA user_version"));
      if (Integer.parseInt(first(statement, "PRAGMA application_id")) != application
          || found > version) {
        // Not a damaged store, but another file: whoever opens it says so.
        return;
      }
      checkLogMode(file);
      String state = first(statement, "PRAGMA integrity_check(1)");
      if (!"ok".equals(state)) {
        throw damaged(file, state);
      }
      String reply = first(statement, UNMATCHED_REPLIES);
      if (reply != null) {
        throw damaged(file, "journal and replies differ in the " + reply);
      }
      String account = found < version ? null : first(statement, UNMATCHED_ACCOUNTS);
      if (account != null) {
        throw damaged(file, "the journal does not add up to the " + account);
      }
      checkMark(
          file, Long.parseLong(first(statement, "SELECT coalesce(max(seq), 0) FROM journal")));
    } catch (SQLException e) {
      throw SqliteFile.failure(file, e);
    }
  }

  /** With a damaged byte here SQLite would leave the log aside, and all that is only there. */
  private static void checkLogMode(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] header = bytes.readNBytes(100);
      for (int offset : LOG_MODES) {
        if (header[offset] != WRITE_AHEAD) {
          throw damaged(file, "byte %d of its header is not %d".formatted(offset, WRITE_AHEAD));
        }
      }
    } catch (IOException e) {
      throw new StoreException("cannot read the response store %s".formatted(file), e);
    }
  }

  private static void checkMark(Path file, long last) {
    long mark = StoreMark.of(file);
    if (last < mark) {
      throw damaged(
          file,
          ("its journal ends at line %d, but line %d was durable: its write-ahead log %s-wal is"
                  + " damaged or missing (delete %s if an older copy was put in place on purpose)")
              .formatted(last, mark, file.getFileName(), StoreMark.beside(file)));
    }
  }

  private static StoreException damaged(Path file, String where) {
    return new StoreException(
        "the response store %s is damaged; restore it from a copy (%s)".formatted(file, where));
  }

  private static String first(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
