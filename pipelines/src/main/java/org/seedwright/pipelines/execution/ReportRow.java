package org.seedwright.pipelines.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Outcome.Measurement;
import org.seedwright.evaluate.oracle.OracleReport;
import org.seedwright.pipelines.execution.JudgedJson.Judged;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * An oracle report as the store has it.
 *
 * @param json canonical JSON of a {@link Report}
 * @param digest over key and JSON
 */
record ReportRow(OracleKey key, String json, String digest) {
  static final String TABLE =
      """
      CREATE TABLE oracles (
        benchmark TEXT NOT NULL,
        version TEXT NOT NULL,
        tasks TEXT NOT NULL,
        environment TEXT NOT NULL,
        report TEXT NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (benchmark, version, tasks, environment)) STRICT""";

  static final String INSERT =
      "INSERT INTO oracles (benchmark, version, tasks, environment, report, digest) VALUES (?, ?,"
          + " ?, ?, ?, ?) ON CONFLICT DO NOTHING";

  static final String SELECT =
      "SELECT report, digest FROM oracles WHERE benchmark = ? AND version = ? AND tasks = ? AND"
          + " environment = ?";

  private static final Measurement NOT_KEPT = new Measurement(0, 0, -1);

  private record Broken(String task, Judged outcome) {}

  private record Report(
      String benchmark, List<String> passed, List<Broken> broken, List<String> withoutReference) {}

  static ReportRow of(OracleKey key, OracleReport report) {
    List<Broken> broken = new ArrayList<>();
    report.broken().forEach((task, outcome) -> broken.add(new Broken(task, Judged.of(outcome))));
    String json =
        CanonicalJson.text(
            new Report(report.benchmark(), report.passed(), broken, report.withoutReference()));
    return new ReportRow(key, json, digest(key, json));
  }

  /** Reads the row that {@link #SELECT} found. */
  static ReportRow read(ResultSet row, OracleKey key) throws SQLException {
    return new ReportRow(key, row.getString(1), row.getString(2));
  }

  static void setKey(PreparedStatement statement, OracleKey key) throws SQLException {
    statement.setString(1, key.benchmark());
    statement.setString(2, key.version());
    statement.setString(3, key.tasks());
    statement.setString(4, key.environment());
  }

  void set(PreparedStatement insert) throws SQLException {
    setKey(insert, key);
    insert.setString(5, json);
    insert.setString(6, digest);
  }

  /**
   * The report.
   *
   * @throws org.seedwright.pipelines.store.StoreException if the row is not as it was stored
   */
  OracleReport report(Path file) {
    if (digest.equals(digest(key, json))) {
      try {
        return read(JudgedJson.object(json));
      } catch (IllegalArgumentException e) {
        // The same damage, made to fit its digest.
      }
    }
    throw ExecutionFile.damaged(
        file,
        "the oracle report of %s %s in environment %s does not match its digest"
            .formatted(key.benchmark(), key.version(), key.environment()));
  }

  private static OracleReport read(JsonNode node) {
    Map<String, Outcome> broken = new LinkedHashMap<>();
    for (JsonNode task : JudgedJson.required(node, "broken")) {
      broken.put(
          JudgedJson.string(task, "task"),
          JudgedJson.outcome(JudgedJson.required(task, "outcome"), NOT_KEPT));
    }
    return new OracleReport(
        JudgedJson.string(node, "benchmark"),
        strings(JudgedJson.required(node, "passed")),
        broken,
        strings(JudgedJson.required(node, "withoutReference")));
  }

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    list.forEach(element -> strings.add(element.textValue()));
    return strings;
  }

  private static String digest(OracleKey key, String json) {
    return CanonicalJson.digest(List.of(key, json));
  }
}
