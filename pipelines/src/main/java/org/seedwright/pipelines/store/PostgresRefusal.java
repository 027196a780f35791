package org.seedwright.pipelines.store;

import java.sql.SQLException;

/** Why a PostgreSQL server did not let a process in, in words that say what to do. */
public final class PostgresRefusal {
  private PostgresRefusal() {}

  /** Tells whether the server refuses who comes so: to come again the same way helps nobody. */
  public static boolean isOfLogin(Throwable cause) {
    // 28: invalid authorization; 08004: a password is wanted, and there is none.
    return hasState(cause, "28") || hasState(cause, "08004");
  }

  private static boolean hasState(Throwable cause, String beginning) {
    return cause instanceof SQLException refused
        && refused.getSQLState() != null
        && refused.getSQLState().startsWith(beginning);
  }

  /** Returns the failure to open a store, which names its address; no password is in it. */
  static StoreException opening(PostgresAddress address, SQLException e) {
    String words = "the response store %s cannot be opened: %s%s";
    String remedy = "";
    if (isOfLogin(e)) {
      remedy = "; the user is part of the address, the password comes from PGPASSWORD or ~/.pgpass";
    } else if (hasState(e, "3D")) {
      remedy = "; its owner makes a database by: createdb --encoding=UTF8 NAME";
    } else if (hasState(e, "08")) {
      words = "no connection to the response store %s: %s%s";
    }
    return new StoreException(words.formatted(address, e.getMessage(), remedy), e);
  }
}
