package org.seedwright.pipelines.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartWriterTest {
  private static final String PART = "part-00000-of-00001.parquet";

  private enum Cause {
    TOO_SHORT,
    BLANK
  }

  private record Refusal(String id, Cause reason) {}

  private record Oak(String id, Optional<String> note) {
    Oak(String id) {
      this(id, Optional.empty());
    }
  }

  @TempDir Path temporary;
  private TableFolder folder;

  @BeforeEach
  void begin() {
    folder = new TableFolder(temporary.resolve("stage").toString(), "rejected/", new Shards(1));
  }

  @Test
  void aCompletePartStandsUnderItsNameWithItsSummary() throws Exception {
    List<Oak> oaks = List.of(new Oak("a"), new Oak("b", Optional.of("old")));
    write(Oak.class, oaks);

    Path part = temporary.resolve("stage/rejected").resolve(PART);
    byte[] bytes = Files.readAllBytes(part);
    assertThat(read(Oak.class)).isEqualTo(oaks);
    assertThat(folder.summaries())
        .containsExactly(
            new PartSummary(
                "rejected/" + PART,
                java.util.HexFormat.of().formatHex(CanonicalJson.sha256(bytes)),
                bytes.length,
                ContentHash.EMPTY.plus(oaks.get(0)).plus(oaks.get(1)),
                Map.of()));
    assertThat(files()).containsExactly("." + PART + ".json", PART);
  }

  @Test
  void theSummaryCountsRowsByReason() throws IOException {
    write(
        Refusal.class,
        List.of(
            new Refusal("a", Cause.TOO_SHORT),
            new Refusal("b", Cause.BLANK),
            new Refusal("c", Cause.TOO_SHORT)));

    assertThat(folder.summaries().get(0).reasons()).isEqualTo(Map.of("too-short", 2L, "blank", 1L));
  }

  @Test
  void aPartWithoutRowsIsAPart() throws IOException {
    write(Oak.class, List.of());

    assertThat(read(Oak.class)).isEmpty();
    assertThat(folder.summaries().get(0).hash()).isEqualTo(ContentHash.EMPTY);
  }

  @Test
  void twoRowsOfOneIdAreRefusedByTheId() {
    assertThatThrownBy(() -> write(Oak.class, List.of(new Oak("a"), new Oak("b"), new Oak("b"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("%s: two rows have the id b".formatted(folder.path()));
  }

  @Test
  void aRowOutOfOrderIsRefusedByItsId() {
    assertThatThrownBy(() -> write(Oak.class, List.of(new Oak("b"), new Oak("a"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("%s: row a comes after b".formatted(folder.path()));
  }

  @Test
  void theOrderIsThatOfUtf8AndNotOfUtf16() throws IOException {
    List<Oak> oaks = List.of(new Oak("\ufb33"), new Oak("\ud83d\ude00"));
    write(Oak.class, oaks);

    assertThat(read(Oak.class)).isEqualTo(oaks);
  }

  /** Otherwise the manifest's hash would be one that no reader finds. */
  @Test
  void theHashIsThatOfTheRowsAsTheyAreReadBack() throws IOException {
    write(Oak.class, List.of(new Oak("a", Optional.of("half a pair: \ud83d"))));

    Oak read = read(Oak.class).get(0);
    assertThat(read.note()).contains("half a pair: \ufffd");
    assertThat(folder.summaries().get(0).hash()).isEqualTo(ContentHash.EMPTY.plus(read));
  }

  @Test
  void whatWasNotCompletedStaysHiddenAndIsNotRead() throws IOException {
    try (var writer = new PartWriter<>(Table.of(Oak.class), folder, 0, "first")) {
      writer.write(new Oak("a"));
    }

    assertThat(files()).containsExactly("." + PART + ".first");
    assertThatThrownBy(() -> read(Oak.class)).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(folder::summaries).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void anotherAttemptAtAPartDoesNotSeeTheFirst() throws IOException {
    try (var first = new PartWriter<>(Table.of(Oak.class), folder, 0, "first")) {
      first.write(new Oak("a"));
      write(Oak.class, List.of(new Oak("b")));
    }

    assertThat(read(Oak.class)).containsExactly(new Oak("b"));
  }

  @Test
  void aDamagedSummaryIsRefusedByName() throws IOException {
    write(Oak.class, List.of());
    Path summary = temporary.resolve("stage/rejected/." + PART + ".json");

    for (String text :
        List.of("", "{", "{}", "[]", Files.readString(summary).replace("sum", "s"))) {
      Files.writeString(summary, text);
      assertThatThrownBy(folder::summaries)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("%s: not the summary of a part: ".formatted(summary));
    }
  }

  @Test
  void aFolderIsNamedWithoutASlashAndATableWithOne() {
    assertThat(folder.part(0)).isEqualTo("%s/stage/rejected/%s".formatted(temporary, PART));
    assertThat(new TableFolder("/w/s", "", new Shards(1)).part(0)).isEqualTo("/w/s/" + PART);
    assertThatThrownBy(() -> new TableFolder("/w/s/", "", new Shards(1)))
        .hasMessage("/w/s/ and  do not make a folder");
    assertThatThrownBy(() -> new TableFolder("/w/s", "rejected", new Shards(1)))
        .hasMessage("/w/s and rejected do not make a folder");
  }

  private <T extends Record> void write(Class<T> type, List<T> rows) throws IOException {
    try (var writer = new PartWriter<>(Table.of(type), folder, 0, "attempt")) {
      for (T row : rows) {
        writer.write(row);
      }
      writer.complete();
    }
  }

  private <T extends Record> List<T> read(Class<T> type) throws IOException {
    var read = new ArrayList<T>();
    try (var rows = folder.open(Table.of(type), 0)) {
      rows.forEachRemaining(read::add);
    }
    return read;
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(temporary.resolve("stage/rejected"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
