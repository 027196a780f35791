package org.seedwright.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
  private static final Tables TABLES = Tables.open();

  /** The names are as unkind as a file system allows. */
  @TempDir private static Path temporary;

  private static TableFolder table;

  @BeforeAll
  static void writeTable() throws SQLException, IOException {
    Path folder = Files.createDirectories(temporary.resolve("o'brien {column} [*]"));
    write(
        folder.resolve("part-00000-of-00002.parquet"),
        """
        SELECT * FROM (VALUES
          ('a', 0::BIGINT, 'python', 'sort a list', {'path': 'a.py', 'first_line': 3},
            ['x', 'y'], 0.5, true, 'one'),
          ('b', 1, 'java', NULL, {'path': 'b"b.java', 'first_line': 1}, [], 1.0, false, NULL))
          t(id, round, language, response, origin, copyright, score, ok, "it's ""odd""; --")
        """);
    write(
        folder.resolve("part-00001-of-00002.parquet"),
        """
        SELECT * FROM (VALUES
          ('c', 1::BIGINT, 'python', 'é😀', {'path': 'c.py', 'first_line': 9},
            ['z'], 2.0, true, 'two'))
          t(id, round, language, response, origin, copyright, score, ok, "it's ""odd""; --")
        """);
    Files.createDirectories(folder.resolve("rejected"));
    Files.writeString(folder.resolve("_manifest.json"), "{}");
    table = TableFolder.of(folder);
  }

  @AfterAll
  static void close() {
    TABLES.close();
  }

  @Test
  void aRowIsFoundByItsIdWithEveryValueAsJson() {
    assertThat(TABLES.findById(table, "b").orElseThrow())
        .containsExactly(
            entry("id", "\"b\""),
            entry("round", "1"),
            entry("language", "\"java\""),
            entry("response", "null"),
            entry("origin", "{\"path\":\"b\\\"b.java\",\"first_line\":1}"),
            entry("copyright", "[]"),
            entry("score", "1.0"),
            entry("ok", "false"),
            entry("it's \"odd\"; --", "null"));
    assertThat(TABLES.findById(table, "c").orElseThrow()).containsEntry("copyright", "[\"z\"]");
    assertThat(TABLES.findById(table, "z")).isEmpty();
  }

  @Test
  void idsAreFoundByTheirBeginning() {
    assertThat(TABLES.idsStartingWith(table, "", 2)).containsExactly("a", "b");
    assertThat(TABLES.idsStartingWith(table, "c", 9)).containsExactly("c");
    assertThat(TABLES.idsStartingWith(table, "%", 9)).isEmpty();
  }

  @Test
  void valuesAndColumnNamesCannotBecomeSql() {
    String hostile = "x' OR '1'='1";
    assertThat(TABLES.findById(table, hostile)).isEmpty();
    assertThat(TABLES.rows(table, 9, 0, new Where("language", hostile))).isEmpty();
    assertThat(TABLES.countBy(table, "it's \"odd\"; --"))
        .containsExactly(
            entry(Optional.of("one"), 1L),
            entry(Optional.of("two"), 1L),
            entry(Optional.empty(), 1L));
    assertThatThrownBy(() -> TABLES.countBy(table, "1\"; DROP TABLE x; --"))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("has no column");
  }

  @Test
  void rowsComeInTheOrderOfThePartsWithLimitAndOffset() {
    assertThat(ids(TABLES.rows(table, 9, 0))).containsExactly("\"a\"", "\"b\"", "\"c\"");
    assertThat(ids(TABLES.rows(table, 1, 1))).containsExactly("\"b\"");
    assertThat(ids(TABLES.rows(table, 0, 0))).isEmpty();
    assertThat(ids(TABLES.rows(table, 9, 0, new Where("round", "1"))))
        .containsExactly("\"b\"", "\"c\"");
    assertThat(ids(TABLES.rows(table, 9, 1, new Where("round", "1")))).containsExactly("\"c\"");
    assertThat(ids(TABLES.rows(table, 9, 0, new Where("ok", "true"))))
        .containsExactly("\"a\"", "\"c\"");
    assertThatThrownBy(() -> TABLES.rows(table, -1, 0))
        .hasMessage("limit must be 0 or more, but was -1");
    assertThatThrownBy(() -> TABLES.rows(table, 1, -2))
        .hasMessage("offset must be 0 or more, but was -2");
  }

  @Test
  void rowsAreCountedAlsoByValue() {
    assertThat(TABLES.count(table)).isEqualTo(3);
    assertThat(TABLES.countBy(table, "language"))
        .containsExactly(entry(Optional.of("python"), 2L), entry(Optional.of("java"), 1L));
    assertThat(TABLES.countBy(table, "round"))
        .containsExactly(entry(Optional.of("1"), 2L), entry(Optional.of("0"), 1L));
  }

  @Test
  void lengthsCountCodePointsAndLeaveOutAbsentTexts() {
    assertThat(TABLES.lengths(table, "response")).contains(new Lengths(2, 2, 2, 6.5, 11, 11));
    assertThatThrownBy(() -> TABLES.lengths(table, "round"))
        .isInstanceOf(TableException.class)
        .hasMessageEndingWith("holds BIGINT, not text");
  }

  @Test
  void aTableWithoutRowsIsATable() throws SQLException, IOException {
    Path folder = Files.createDirectories(temporary.resolve("empty"));
    write(folder.resolve("part-0.parquet"), "SELECT 'a' AS id, 'x' AS response WHERE false");
    TableFolder empty = TableFolder.of(folder);
    assertThat(TABLES.count(empty)).isZero();
    assertThat(TABLES.rows(empty, 5, 0)).isEmpty();
    assertThat(TABLES.countBy(empty, "id")).isEmpty();
    assertThat(TABLES.lengths(empty, "response")).isEmpty();
    assertThat(TABLES.columns(empty))
        .containsExactly(entry("id", "VARCHAR"), entry("response", "VARCHAR"));
  }

  /** DuckDB would otherwise make columns of folder names such as this one. */
  @Test
  void aFolderNameIsNoColumn() throws SQLException, IOException {
    Path folder = Files.createDirectories(temporary.resolve("round=9"));
    write(folder.resolve("part-0.parquet"), "SELECT 'a' AS id");
    assertThat(TABLES.rows(TableFolder.of(folder), 1, 0)).containsExactly(Map.of("id", "\"a\""));
  }

  @Test
  void anUnknownColumnListsTheColumns() {
    assertThatThrownBy(() -> TABLES.countBy(table, "lang"))
        .isInstanceOf(TableException.class)
        .hasMessageContaining(
            "has no column 'lang'; its columns are id, round, language, response, origin");
    assertThatThrownBy(() -> TABLES.rows(table, 1, 0, new Where("lang", "x")))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("has no column 'lang'");
  }

  @Test
  void aFolderWithoutPartsIsRefused() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("unfinished"));
    assertThatThrownBy(() -> TableFolder.of(folder))
        .isInstanceOf(TableException.class)
        .hasMessage("no table: %s holds no part-*.parquet", folder);
    Path absent = temporary.resolve("absent");
    assertThatThrownBy(() -> TableFolder.of(absent))
        .isInstanceOf(TableException.class)
        .hasMessage("no table: %s is not a folder", absent);
  }

  @Test
  void aPartThatIsNotParquetIsNamed() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("broken"));
    Files.writeString(folder.resolve("part-0.parquet"), "not parquet at all");
    TableFolder broken = TableFolder.of(folder);
    assertThatThrownBy(() -> TABLES.count(broken))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("part-0.parquet");
  }

  @Test
  void severalThreadsMayAsk() {
    List<Long> counts =
        IntStream.range(0, 40).parallel().mapToObj(i -> TABLES.count(table)).toList();
    assertThat(counts).hasSize(40).containsOnly(3L);
  }

  private static List<String> ids(List<Map<String, String>> rows) {
    return rows.stream().map(row -> row.get("id")).toList();
  }

  private static void write(Path file, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet)"
              .formatted(query, file.toString().replace("'", "''")));
    }
  }
}
