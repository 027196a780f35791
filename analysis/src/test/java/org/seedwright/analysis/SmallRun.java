package org.seedwright.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a run of two rounds, small enough to count by hand.
 *
 * <pre>
 * a (python) ── deepen ──► c ── deepen ──► d
 * b (java)   ── widen ──► unchanged; ── widen ──► e, whose answer is refused
 * merge: a b c d; a is a duplicate, so the data set is b c d
 * </pre>
 */
final class SmallRun {
  private static final String A = sample("a", null, 0, null, "python", "Sort it.", "x = 1");
  private static final String B = sample("b", null, 0, null, "java", "Do it.", "y");
  private static final String C =
      sample("c", "a", 1, "deepen@1", "python", "Sort it now!", "x = 1 + 23");
  private static final String D =
      sample("d", "c", 2, "deepen@1", "python", "Sort it all now!!!", "x = 2");
  private static final String E = sample("e", "b", 2, "widen@1", "java", "Do it again.", null);

  private final Path folder;
  private final List<RunStage> stages = new ArrayList<>();

  private SmallRun(Path folder) {
    this.folder = folder;
  }

  /** Writes the run's tables and returns its stages. */
  static List<RunStage> write(Path folder) throws SQLException, IOException {
    var run = new SmallRun(folder);
    run.stage(
        "sources",
        manifest(4, 3, "\"secret\": 1", 0),
        List.of(
            "{id: 'f1', language: 'python', license: 'MIT', content: 'x'}",
            "{id: 'f2', language: 'python', license: NULL, content: 'y'}",
            "{id: 'f3', language: 'java', license: 'MIT', content: 'z'}"),
        List.of(rejection("f4", 0, null, "secret")));
    run.stage(
        "seeds",
        manifest(4, 2, "\"only-imports\": 1", 1),
        List.of(
            "{id: 's1', document_id: 'f1', language: 'python', origin: {license: 'MIT'}}",
            "{id: 's2', document_id: 'f3', language: 'java', origin: {license: 'MIT'}}"),
        List.of(rejection("s3", 0, null, "only-imports")));
    run.stage(
        "instruct",
        manifest(2, 2, "", 0, spend("instruct", 0, "", 100, 50, 3)),
        List.of(A, B),
        List.of());
    run.stage("respond-0", manifest(2, 2, "", 0), List.of(A, B), List.of());
    run.stage(
        "evolve-1",
        manifest(
            2,
            1,
            "\"unchanged\": 1",
            0,
            spend("evolve", 1, "deepen@1", 30, 10, 1),
            spend("evolve", 1, "widen@1", 20, 10, 1)),
        List.of(C),
        List.of(rejection("x", 1, "widen@1", "unchanged")));
    run.stage(
        "respond-1",
        manifest(1, 1, "", 0, spend("respond", 1, "deepen@1", 10, 20, 2)),
        List.of(C),
        List.of());
    run.stage(
        "evolve-2",
        manifest(
            2,
            2,
            "",
            0,
            spend("evolve", 2, "deepen@1", 40, 10, 1),
            spend("evolve", 2, "widen@1", 40, 10, 2)),
        List.of(D, E),
        List.of());
    run.stage(
        "respond-2",
        manifest(
            2,
            1,
            "\"refused\": 1",
            0,
            spend("respond", 2, "deepen@1", 20, 30, 3),
            spend("respond", 2, "widen@1", 10, 0, 1)),
        List.of(D),
        List.of(rejection("e", 2, "widen@1", "refused")));
    run.stage("merge", manifest(4, 4, "", 0), List.of(A, B, C, D), List.of());
    run.stage(
        "deduplicate",
        manifest(4, 3, "\"duplicate\": 1", 0),
        List.of(B, C, D),
        List.of(rejection("a", 0, null, "duplicate")));
    run.stage("dataset", manifest(3, 3, "", 0), List.of(B, C, D), List.of());
    return run.stages;
  }

  private void stage(String name, String manifest, List<String> rows, List<String> rejected)
      throws SQLException, IOException {
    Path stage = Files.createDirectories(folder.resolve("it's " + name));
    stages.add(
        new RunStage(
            name,
            manifest,
            List.of(write(stage.resolve("part-0.parquet"), rows)),
            rejected.isEmpty()
                ? List.of()
                : List.of(write(stage.resolve("rejected-0.parquet"), rejected))));
  }

  private static Path write(Path file, List<String> rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT unnest(t) FROM (SELECT unnest([%s]) AS t)) TO '%s' (FORMAT parquet)"
              .formatted(String.join(", ", rows), file.toString().replace("'", "''")));
    }
    return file;
  }

  private static String sample(
      String id,
      String parent,
      int round,
      String heuristic,
      String language,
      String instruction,
      String response) {
    return """
        {id: '%s', parent_id: %s, branch: 'main', round: %d, heuristic: %s, language: '%s',
         origin: {license: 'MIT'}, instruction: '%s', response: %s, calls: %s}
        """
        .formatted(
            id,
            quoted(parent),
            round,
            quoted(heuristic),
            language,
            instruction,
            quoted(response),
            calls(id));
  }

  /** What the server counted; it did not count the answer to d. */
  private static String calls(String id) {
    return switch (id) {
      case "c" ->
          "[{role: 'evolve', output_tokens: 7}, {role: 'judge', output_tokens: 1},"
              + " {role: 'respond', output_tokens: 12}]";
      case "d" -> "[{role: 'evolve', output_tokens: 9}, {role: 'respond', output_tokens: 0}]";
      default -> "[{role: 'instruct', output_tokens: 20}]";
    };
  }

  private static String rejection(String id, int round, String heuristic, String reason) {
    return "{id: '%s', round: %d, heuristic: %s, reason: '%s'}"
        .formatted(id, round, quoted(heuristic), reason);
  }

  private static String quoted(String value) {
    return value == null ? "NULL::VARCHAR" : "'" + value + "'";
  }

  static String manifest(
      long attempted, long out, String rejected, long notSelected, String... spend) {
    return """
        {"format": 2,
         "units": {"attempted": %d, "out": %d, "rejected": {%s}, "failed": 0, "notSelected": %d},
         "teacher": {"spend": [%s]}}
        """
        .formatted(attempted, out, rejected, notSelected, String.join(", ", spend));
  }

  private static String spend(
      String role, int round, String heuristic, int input, int output, int thousandths) {
    return """
        {"role": "%s", "round": %d, "heuristic": "%s", "inputTokens": %d, "outputTokens": %d,
         "repliesNanoUsd": %d}
        """
        .formatted(role, round, heuristic, input, output, thousandths * 1_000_000L);
  }
}
