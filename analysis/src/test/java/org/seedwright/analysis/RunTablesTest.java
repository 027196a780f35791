package org.seedwright.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every figure of {@link SmallRun}, counted by hand; {@code null} is an absent value. */
class RunTablesTest {
  @TempDir private static Path folder;

  private static List<RunStage> stages;
  private static RunTables tables;

  @BeforeAll
  static void writeRun() throws Exception {
    stages = SmallRun.write(folder);
    tables = RunTables.open(stages);
  }

  @AfterAll
  static void close() {
    tables.close();
  }

  @Test
  void theFunnelIsTheLedgers() {
    Answer funnel = tables.ask(RunQuery.FUNNEL);

    assertThat(funnel.columns())
        .containsExactly(
            "stage", "attempted", "out", "rejected", "not_selected", "share_out", "reasons");
    assertThat(plain(funnel))
        .containsExactly(
            row("sources", 4L, 3L, 1L, 0L, 0.75, "secret 1"),
            row("seeds", 4L, 2L, 1L, 1L, 0.5, "only-imports 1"),
            row("instruct", 2L, 2L, 0L, 0L, 1.0, null),
            row("respond-0", 2L, 2L, 0L, 0L, 1.0, null),
            row("evolve-1", 2L, 1L, 1L, 0L, 0.5, "unchanged 1"),
            row("respond-1", 1L, 1L, 0L, 0L, 1.0, null),
            row("evolve-2", 2L, 2L, 0L, 0L, 1.0, null),
            row("respond-2", 2L, 1L, 1L, 0L, 0.5, "refused 1"),
            row("merge", 4L, 4L, 0L, 0L, 1.0, null),
            row("deduplicate", 4L, 3L, 1L, 0L, 0.75, "duplicate 1"),
            row("dataset", 3L, 3L, 0L, 0L, 1.0, null));
  }

  @Test
  void reasonsAreInTheOrderOfTheRunAndThenOfTheirUnits() {
    RunStage many =
        new RunStage(
            "sources",
            SmallRun.manifest(10, 4, "\"a\": 1, \"b-\\\"c\": 2, \"z\": 2, \"y\": 1", 0),
            List.of(),
            List.of());
    try (RunTables run = RunTables.open(List.of(many, stages.get(1)))) {
      assertThat(plain(run.ask(RunQuery.REJECTIONS)))
          .containsExactly(
              row("sources", "b-\"c", 2L, 0.2),
              row("sources", "z", 2L, 0.2),
              row("sources", "a", 1L, 0.1),
              row("sources", "y", 1L, 0.1),
              row("seeds", "only-imports", 1L, 0.25));
      assertThat(plain(run.ask(RunQuery.FUNNEL)).get(0)).contains("b-\"c 2, z 2, a 1, y 1");
    }
  }

  @Test
  void roundsTellYieldSurvivalGrowthAndCost() {
    Answer rounds = tables.ask(RunQuery.ROUNDS);

    assertThat(rounds.columns())
        .containsExactly(
            "round",
            "asked",
            "refused",
            "answered",
            "yield",
            "kept",
            "survival",
            "instruction_growth",
            "response_growth",
            "tokens",
            "tokens_per_kept",
            "usd",
            "usd_per_kept");
    assertThat(plain(rounds))
        .containsExactly(
            row("0", 2L, 0L, 2L, 1.0, 1L, 0.5, null, null, 150L, 150.0, 0.003, 0.003),
            row("1", 2L, 0L, 1L, 0.5, 1L, 1.0, 1.5, 2.0, 100L, 100.0, 0.004, 0.004),
            row("2", 2L, 1L, 1L, 0.5, 1L, 1.0, 1.5, 0.5, 160L, 160.0, 0.007, 0.007),
            row(
                "all", 6L, 1L, 4L, 4 / 6.0, 3L, 0.75, 1.5, 1.25, 410L, 410 / 3.0, 0.014,
                0.014 / 3));
  }

  @Test
  void heuristicsTellTheSameByRoundAndHeuristic() {
    assertThat(plain(tables.ask(RunQuery.HEURISTICS)))
        .containsExactly(
            row("1", "deepen@1", 1L, 0L, 1L, 1.0, 1L, 1.0, 1.5, 2.0, 70L, 70.0, 0.003, 0.003),
            row("1", "widen@1", 1L, 0L, 0L, 0.0, 0L, null, null, null, 30L, null, 0.001, null),
            row("2", "deepen@1", 1L, 0L, 1L, 1.0, 1L, 1.0, 1.5, 0.5, 100L, 100.0, 0.004, 0.004),
            row("2", "widen@1", 1L, 1L, 0L, 0.0, 0L, null, null, null, 60L, null, 0.003, null),
            row("all", "deepen@1", 2L, 0L, 2L, 1.0, 2L, 1.0, 1.5, 1.25, 170L, 85.0, 0.007, 0.0035),
            row("all", "widen@1", 2L, 1L, 0L, 0.0, 0L, null, null, null, 90L, null, 0.004, null));
  }

  @Test
  void anOnlyBranchIsAllOfThem() {
    assertThat(plain(tables.ask(RunQuery.BRANCHES)))
        .containsExactly(
            row("main", 4L, 4L, null, 3L, 1.0, 410L, 410 / 3.0, 0.014, 0.014 / 3),
            row("all", 4L, 4L, null, 3L, 1.0, 410L, 410 / 3.0, 0.014, 0.014 / 3));
  }

  @Test
  void languagesAndLicensesCountFilesSeedsAndRows() {
    assertThat(plain(tables.ask(RunQuery.LANGUAGES)))
        .containsExactly(
            row("python", 2L, 1L, 3L, 2L, 2 / 3.0),
            row("java", 1L, 1L, 1L, 1L, 1 / 3.0),
            row("all", 3L, 2L, 4L, 3L, 1.0));
    assertThat(plain(tables.ask(RunQuery.LICENSES)))
        .containsExactly(
            row("MIT", 2L, 2L, 4L, 3L, 1.0),
            row(null, 1L, 0L, 0L, 0L, 0.0),
            row("all", 3L, 2L, 4L, 3L, 1.0));
  }

  /**
   * Sort| it| now|! and the like; {@code x = 1} is x| =| |1. Half of the lengths are no longer than
   * the median, 95 % no longer than p95.
   */
  @Test
  void lengthsAreInTokensOfAnEncodingAndAsTheServerCounted() {
    Answer lengths = tables.ask(RunQuery.LENGTHS);

    assertThat(lengths.columns())
        .containsExactly(
            "round", "text", "unit", "texts", "total", "min", "median", "mean", "p95", "max");
    assertThat(plain(lengths))
        .containsExactly(
            row("0", "instruction", "cl100k_base", 1L, 3L, 3L, 3L, 3.0, 3L, 3L),
            row("0", "reply to instruct", "as counted", 1L, 20L, 20L, 20L, 20.0, 20L, 20L),
            row("0", "response", "cl100k_base", 1L, 1L, 1L, 1L, 1.0, 1L, 1L),
            row("1", "instruction", "cl100k_base", 1L, 4L, 4L, 4L, 4.0, 4L, 4L),
            row("1", "reply to evolve", "as counted", 1L, 7L, 7L, 7L, 7.0, 7L, 7L),
            row("1", "reply to respond", "as counted", 1L, 12L, 12L, 12L, 12.0, 12L, 12L),
            row("1", "response", "cl100k_base", 1L, 7L, 7L, 7L, 7.0, 7L, 7L),
            row("2", "instruction", "cl100k_base", 1L, 5L, 5L, 5L, 5.0, 5L, 5L),
            row("2", "reply to evolve", "as counted", 1L, 9L, 9L, 9L, 9.0, 9L, 9L),
            row("2", "response", "cl100k_base", 1L, 4L, 4L, 4L, 4.0, 4L, 4L),
            row("all", "instruction", "cl100k_base", 3L, 12L, 3L, 4L, 4.0, 5L, 5L),
            row("all", "reply to evolve", "as counted", 2L, 16L, 7L, 7L, 8.0, 9L, 9L),
            row("all", "reply to instruct", "as counted", 1L, 20L, 20L, 20L, 20.0, 20L, 20L),
            row("all", "reply to respond", "as counted", 1L, 12L, 12L, 12L, 12.0, 12L, 12L),
            row("all", "response", "cl100k_base", 3L, 12L, 1L, 4L, 4.0, 7L, 7L));
  }

  /** The first is the example of tiktoken's README. */
  @Test
  void tokensAreThoseOfTheEncodingAndControlTokensAreText() {
    assertThat(TokenCounts.of("tiktoken is great!")).isEqualTo(6);
    assertThat(TokenCounts.of("<|endoftext|>")).isEqualTo(7);
    assertThat(TokenCounts.of("")).isZero();
  }

  @Test
  void whatNoFinishedStageCanSayIsAbsentAndNotNought() {
    try (RunTables half = RunTables.open(stages.subList(0, 7))) {
      assertThat(plain(half.ask(RunQuery.ROUNDS)))
          .containsExactly(
              row("0", 2L, 0L, 2L, 1.0, null, null, null, null, 150L, null, 0.003, null),
              row("1", 2L, 0L, 1L, 0.5, null, null, 1.5, 2.0, 100L, null, 0.004, null),
              row("2", 2L, 0L, null, null, null, null, null, null, 100L, null, 0.003, null),
              row("all", 6L, 0L, 3L, 0.75, null, null, 1.5, 2.0, 350L, null, 0.01, null));
      assertThat(plain(half.ask(RunQuery.HEURISTICS)).get(2))
          .isEqualTo(
              row(
                  "2",
                  "deepen@1",
                  1L,
                  0L,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  50L,
                  null,
                  0.001,
                  null));
      assertThat(plain(half.ask(RunQuery.LANGUAGES))).contains(row("all", 3L, 2L, 3L, null, null));
      assertThat(plain(half.ask(RunQuery.LENGTHS))).isEmpty();
    }
  }

  @Test
  void aRunWithoutAFinishedStageHasAnswersWithoutFigures() {
    try (RunTables none = RunTables.open(List.of())) {
      for (RunQuery query : RunQuery.values()) {
        assertThat(plain(none.ask(query)))
            .as(query.id())
            .allSatisfy(row -> assertThat(row.subList(1, row.size())).containsOnlyNulls());
      }
    }
  }

  @Test
  void stagesWhoseTablesAreEmptyCountNought() {
    List<RunStage> empty =
        stages.stream()
            .map(
                stage ->
                    new RunStage(
                        stage.name(), SmallRun.manifest(0, 0, "", 0), List.of(), List.of()))
            .toList();
    try (RunTables none = RunTables.open(empty)) {
      assertThat(plain(none.ask(RunQuery.FUNNEL)).get(0))
          .isEqualTo(row("sources", 0L, 0L, 0L, 0L, null, null));
      assertThat(plain(none.ask(RunQuery.ROUNDS)).get(3))
          .isEqualTo(row("all", 0L, 0L, 0L, null, 0L, null, null, null, null, null, null, null));
      assertThat(plain(none.ask(RunQuery.LICENSES)))
          .containsExactly(row("all", 0L, 0L, 0L, 0L, null));
      assertThat(plain(none.ask(RunQuery.REJECTIONS))).isEmpty();
      assertThat(plain(none.ask(RunQuery.HEURISTICS))).isEmpty();
    }
  }

  /** Format 1 has no spend; a provider without a price costs an unknown sum. */
  @Test
  void costIsAbsentWhereNoManifestSaysIt() {
    List<RunStage> older =
        stages.stream()
            .map(
                stage ->
                    new RunStage(
                        stage.name(),
                        stage.manifest().replaceAll("(?s)\"spend\": \\[.*\\]", "\"requests\": 1"),
                        stage.rows(),
                        stage.rejected()))
            .toList();
    try (RunTables run = RunTables.open(older)) {
      assertThat(plain(run.ask(RunQuery.ROUNDS)).get(1))
          .isEqualTo(row("1", 2L, 0L, 1L, 0.5, 1L, 1.0, 1.5, 2.0, null, null, null, null));
    }
    List<RunStage> free =
        stages.stream()
            .map(
                stage ->
                    new RunStage(
                        stage.name(),
                        stage.manifest().replaceAll("NanoUsd\": [0-9]+", "NanoUsd\": 0"),
                        stage.rows(),
                        stage.rejected()))
            .toList();
    try (RunTables run = RunTables.open(free)) {
      assertThat(plain(run.ask(RunQuery.ROUNDS)).get(1))
          .isEqualTo(row("1", 2L, 0L, 1L, 0.5, 1L, 1.0, 1.5, 2.0, 100L, 100.0, null, null));
    }
  }

  /** A run that begins with instructions has no stage that asks for the rows of round 0. */
  @Test
  void instructionsThatWereThereAreAskedForWhereTheyAreAnswered() {
    try (RunTables run = RunTables.open(stages.subList(3, 6))) {
      assertThat(plain(run.ask(RunQuery.ROUNDS)).get(0).subList(0, 5))
          .isEqualTo(row("0", 2L, 0L, 2L, 1.0));
    }
  }

  @Test
  void sharedRowsAreComparedByIdAndText() throws Exception {
    List<Path> first = stages.get(8).rows();
    List<Path> second = stages.get(10).rows();
    assertThat(shared(first, second)).isEqualTo(Map.of("a", 1L, "b", 0L, "same", 3L, "other", 0L));
    assertThat(shared(second, first)).isEqualTo(Map.of("a", 0L, "b", 1L, "same", 3L, "other", 0L));
    assertThat(shared(first, List.of()))
        .isEqualTo(Map.of("a", 4L, "b", 0L, "same", 0L, "other", 0L));
    Path edited = folder.resolve("edited.parquet");
    try (var connection = java.sql.DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT * REPLACE (CASE id WHEN 'b' THEN 'z' WHEN 'c' THEN NULL ELSE response END AS response) FROM read_parquet('%s')) TO '%s' (FORMAT parquet)"
              .formatted(second.get(0).toString().replace("'", "''"), edited));
    }
    assertThat(shared(second, List.of(edited)))
        .isEqualTo(Map.of("a", 0L, "b", 0L, "same", 1L, "other", 2L));
  }

  @Test
  void aTableThatLacksAColumnIsRefused() throws Exception {
    Path part = folder.resolve("lacking.parquet");
    try (var connection = java.sql.DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 'a' AS id, 'x' AS instruction) TO '%s' (FORMAT parquet)".formatted(part));
    }
    RunStage lacking =
        new RunStage("dataset", SmallRun.manifest(1, 1, "", 0), List.of(part), List.of());
    assertThatThrownBy(() -> RunTables.open(List.of(lacking)))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("parent_id");
  }

  @Test
  void everyQueryOfTheFolderHasItsConstant() throws Exception {
    Path resources =
        Path.of(RunTables.class.getResource("run/query/funnel.sql").toURI()).getParent();
    try (var files = Files.list(resources)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".sql", "")))
          .containsExactlyInAnyOrderElementsOf(RunQuery.ids());
    }
    for (String id : RunQuery.ids()) {
      assertThat(RunQuery.of(id).orElseThrow().id()).isEqualTo(id);
    }
    assertThat(RunQuery.of("FUNNEL")).isEmpty();
  }

  private static Map<String, Object> shared(List<Path> first, List<Path> second) {
    Answer answer = RunTables.shared(first, second);
    assertThat(answer.columns()).containsExactly("only_first", "only_second", "equal", "different");
    List<Object> row = plain(answer).get(0);
    return Map.of("a", row.get(0), "b", row.get(1), "same", row.get(2), "other", row.get(3));
  }

  private static List<List<Object>> plain(Answer answer) {
    return answer.rows().stream()
        .map(row -> Arrays.asList(row.stream().map(RunTablesTest::plain).toArray()))
        .toList();
  }

  private static Object plain(Cell cell) {
    if (cell instanceof Cell.Count count) {
      return count.value();
    }
    if (cell instanceof Cell.Quotient quotient) {
      return quotient.value();
    }
    return cell instanceof Cell.Word word ? word.text() : null;
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }
}
