package org.seedwright.pipelines.execution;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Outcome.Measurement;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * An outcome as the store has it.
 *
 * @param json what can reach a row of a table: {@link JudgedJson}
 * @param measurement of the first execution, beside it
 * @param digest over all of these
 */
record OutcomeRow(
    String execution, String environment, String json, Measurement measurement, String digest) {
  static final String TABLE =
      """
      CREATE TABLE outcomes (
        execution TEXT NOT NULL,
        environment TEXT NOT NULL,
        outcome TEXT NOT NULL,
        cpu_millis INTEGER NOT NULL,
        wall_millis INTEGER NOT NULL,
        load REAL NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (execution, environment)) STRICT""";

  static final String INSERT =
      "INSERT INTO outcomes (execution, environment, outcome, cpu_millis, wall_millis, load, digest)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

  static final String SELECT =
      "SELECT outcome, cpu_millis, wall_millis, load, digest FROM outcomes WHERE execution = ? AND"
          + " environment = ?";

  static OutcomeRow of(String execution, String environment, Outcome outcome) {
    String json = JudgedJson.text(outcome);
    Measurement told = outcome.measurement();
    // SQLite has no NaN, and a load that is no number is unknown.
    var measurement =
        new Measurement(
            told.cpuMillis(), told.wallMillis(), Double.isFinite(told.load()) ? told.load() : -1);
    return new OutcomeRow(
        execution,
        environment,
        json,
        measurement,
        digest(execution, environment, json, measurement));
  }

  /** Reads the row that {@link #SELECT} found. */
  static OutcomeRow read(ResultSet row, String execution, String environment) throws SQLException {
    return new OutcomeRow(
        execution,
        environment,
        row.getString(1),
        new Measurement(row.getLong(2), row.getLong(3), row.getDouble(4)),
        row.getString(5));
  }

  void set(PreparedStatement insert) throws SQLException {
    insert.setString(1, execution);
    insert.setString(2, environment);
    insert.setString(3, json);
    insert.setLong(4, measurement.cpuMillis());
    insert.setLong(5, measurement.wallMillis());
    insert.setDouble(6, measurement.load());
    insert.setString(7, digest);
  }

  /**
   * The outcome.
   *
   * @throws org.seedwright.pipelines.store.StoreException if the row is not as it was stored
   */
  Outcome outcome(Path file) {
    if (digest.equals(digest(execution, environment, json, measurement))) {
      try {
        return JudgedJson.outcome(JudgedJson.object(json), measurement);
      } catch (IllegalArgumentException e) {
        // The same damage, made to fit its digest.
      }
    }
    throw ExecutionFile.damaged(
        file,
        "the outcome of execution %s in environment %s does not match its digest"
            .formatted(execution, environment));
  }

  private static String digest(
      String execution, String environment, String json, Measurement measurement) {
    return CanonicalJson.digest(List.of(execution, environment, json, measurement));
  }
}
