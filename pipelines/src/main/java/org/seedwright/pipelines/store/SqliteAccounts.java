package org.seedwright.pipelines.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The accounts as the open transaction leaves them: read once and written once for all the calls
 * that share a commit. Sound because no other process writes, and only the writer's thread uses it.
 */
final class SqliteAccounts {
  private final SqliteStatements statements;
  private final Map<String, Account> changed = new HashMap<>();

  SqliteAccounts(SqliteStatements statements) {
    this.statements = statements;
  }

  /** The account as it is committed. */
  Account committed(Connection connection, String run) throws SQLException {
    PreparedStatement query =
        statements.of(
            connection,
            "SELECT spent_tokens, spent_nano_usd, reserved_tokens, reserved_nano_usd FROM accounts"
                + " WHERE run = ?");
    query.setString(1, run);
    try (ResultSet rows = query.executeQuery()) {
      return rows.next() ? AccountsTable.account(rows) : Account.EMPTY;
    }
  }

  /** The account as the transaction has it. */
  Account of(Connection connection, String run) throws SQLException {
    Account account = changed.get(run);
    return account == null ? committed(connection, run) : account;
  }

  /** Reserves the worst case of a try. */
  void open(Connection connection, String run, Cost worst) throws SQLException {
    Account account = of(connection, run);
    changed.put(run, new Account(account.spent(), account.reserved().plus(worst)));
  }

  /** Charges what a try cost, and frees what was reserved for it. */
  void close(Connection connection, String run, Cost worst, Cost cost) throws SQLException {
    Account account = of(connection, run);
    changed.put(run, new Account(account.spent().plus(cost), account.reserved().minus(worst)));
  }

  /** Comes last in a transaction. */
  void write(Connection connection) throws SQLException {
    for (Map.Entry<String, Account> account : changed.entrySet()) {
      PreparedStatement upsert =
          statements.of(
              connection,
              "INSERT INTO accounts (run, spent_tokens, spent_nano_usd, reserved_tokens,"
                  + " reserved_nano_usd) VALUES (?, ?, ?, ?, ?) ON CONFLICT (run) DO UPDATE SET"
                  + " spent_tokens = excluded.spent_tokens, spent_nano_usd ="
                  + " excluded.spent_nano_usd, reserved_tokens = excluded.reserved_tokens,"
                  + " reserved_nano_usd = excluded.reserved_nano_usd");
      upsert.setString(1, account.getKey());
      upsert.setLong(2, account.getValue().spent().tokens());
      upsert.setLong(3, account.getValue().spent().nanoUsd());
      upsert.setLong(4, account.getValue().reserved().tokens());
      upsert.setLong(5, account.getValue().reserved().nanoUsd());
      upsert.executeUpdate();
    }
  }

  /** The transaction is over, either way. */
  void forget() {
    changed.clear();
  }
}
