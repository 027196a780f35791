package org.seedwright.pipelines.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** A line of the journal, but for its event and number. */
record JournalEntry(String run, String key, int cap, Channel channel, Cost cost) {
  /** Reads run, cap, channel, tokens and nano-dollars of a line, in this order. */
  static JournalEntry read(ResultSet row, String key) throws SQLException {
    return new JournalEntry(
        row.getString(1),
        key,
        row.getInt(2),
        Channel.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
        new Cost(row.getLong(4), row.getLong(5)));
  }
}
