package org.seedwright.pipelines.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Statements compiled once for each connection: to compile one costs more than to run it. A
 * connection is used by one thread at a time, so its statements are too; they end with it.
 */
final class SqliteStatements {
  private final IdentityHashMap<Connection, Map<String, PreparedStatement>> compiled =
      new IdentityHashMap<>();

  SqliteStatements(Connection... connections) {
    for (Connection connection : connections) {
      compiled.put(connection, new HashMap<>());
    }
  }

  /** Returns a statement without parameters set; its last result must have been closed. */
  PreparedStatement of(Connection connection, String sql) throws SQLException {
    Map<String, PreparedStatement> own = compiled.get(connection);
    PreparedStatement statement = own.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      own.put(sql, statement);
    } else {
      statement.clearParameters();
    }
    return statement;
  }
}
