package org.seedwright.pipelines.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** The table of the accounts, alike in every kind of database. */
final class AccountsTable {
  private AccountsTable() {}

  /** Reads all accounts, by run. */
  static Map<String, Account> read(Connection connection) throws SQLException {
    Map<String, Account> accounts = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT spent_tokens, spent_nano_usd, reserved_tokens, reserved_nano_usd, run FROM"
                    + " accounts")) {
      while (rows.next()) {
        accounts.put(rows.getString(5), account(rows));
      }
    }
    return accounts;
  }

  /** The account in a row that begins with its four amounts. */
  static Account account(ResultSet rows) throws SQLException {
    return new Account(
        new Cost(rows.getLong(1), rows.getLong(2)), new Cost(rows.getLong(3), rows.getLong(4)));
  }
}
