package org.seedwright.pipelines.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.table.Specimen.Habit;

class ParquetRowsTest {
  private static final Table<Specimen> TABLE = Table.of(Specimen.class);

  private record Lenient(String id, int petals) {}

  private record Strict(String id, int petals) {
    Strict {
      if (petals < 0) {
        throw new IllegalArgumentException("petals must be at least 0, but were " + petals);
      }
    }
  }

  private record Wider(String id, int petals, Habit habit) {}

  private record Holes(String id, List<Optional<String>> notes) {}

  @TempDir Path folder;

  @Test
  void aTableWithoutRowsIsAFileWithoutRows() throws IOException {
    write(TABLE, List.of(), folder.resolve("none.parquet"));

    assertThat(read(TABLE, folder.resolve("none.parquet"))).isEmpty();
  }

  @Test
  void aPathMayHaveBlanksAndSpecialCharacters() throws IOException {
    Path file = folder.resolve("Kräuter [a-z] *?{}%20 #").resolve("part.parquet");
    write(TABLE, List.of(Specimen.bare("oak")), file);

    assertThat(read(TABLE, file)).containsExactly(Specimen.bare("oak"));
  }

  @Test
  void aListMayHaveHoles() throws IOException {
    var rows =
        List.of(new Holes("oak", List.of(Optional.empty(), Optional.of(""), Optional.of("a"))));
    write(Table.of(Holes.class), rows, folder.resolve("holes.parquet"));

    assertThat(read(Table.of(Holes.class), folder.resolve("holes.parquet"))).isEqualTo(rows);
  }

  @Test
  void manyRowsComeBackInTheirOrder() throws IOException {
    List<Specimen> rows =
        IntStream.range(0, 10_000).mapToObj(n -> Specimen.bare("oak-" + n)).toList();
    write(TABLE, rows, folder.resolve("many.parquet"));

    assertThat(read(TABLE, folder.resolve("many.parquet"))).isEqualTo(rows);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = folder.resolve("absent.parquet");

    assertThatThrownBy(() -> read(TABLE, file))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aRowThatItsConstructorRefusesIsRefusedOnReadingWithFileAndRow() throws IOException {
    Path file = folder.resolve("bad.parquet");
    write(Table.of(Lenient.class), List.of(new Lenient("a", 1), new Lenient("b", -1)), file);

    try (var rows = ParquetRows.open(Table.of(Strict.class), file.toString())) {
      assertThat(rows.next()).isEqualTo(new Strict("a", 1));
      assertThatThrownBy(rows::next)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "%s: row b is refused: petals must be at least 0, but were -1".formatted(file));
    }
  }

  @Test
  void aFileWithoutAColumnIsRefusedWithTheColumn() throws IOException {
    Path file = folder.resolve("narrow.parquet");
    write(Table.of(Lenient.class), List.of(new Lenient("a", 1)), file);

    assertThatThrownBy(() -> read(Table.of(Wider.class), file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("%s: row a is refused: ".formatted(file))
        .hasMessageContaining("habit");
  }

  @Test
  void whatIsNoParquetFileIsRefusedByName() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.parquet"));
    Path text = Files.writeString(folder.resolve("text.parquet"), "once upon a time ".repeat(9));

    for (Path file : List.of(empty, text)) {
      assertThatThrownBy(() -> read(TABLE, file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("%s: not a readable Parquet file: ".formatted(file));
    }
  }

  @Test
  void aFileCutShortIsRefusedByName() throws IOException {
    Path whole = folder.resolve("whole.parquet");
    write(TABLE, List.of(Specimen.bare("oak")), whole);
    byte[] bytes = Files.readAllBytes(whole);

    for (int length = 0; length < bytes.length; length += 97) {
      Path cut = folder.resolve("cut-%d.parquet".formatted(length));
      Files.write(cut, Arrays.copyOf(bytes, length));

      assertThatThrownBy(() -> read(TABLE, cut))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("%s: not a readable Parquet file: ".formatted(cut));
    }
  }

  /** A page is checked against its checksum; the footer has none, the manifest's digest has it. */
  @Test
  void aFlippedByteBeforeTheFooterIsRefusedByNameOrChangesNoRow() throws IOException {
    Table<Lenient> table = Table.of(Lenient.class);
    Path file = folder.resolve("flipped.parquet");
    List<Lenient> rows =
        IntStream.range(100, 160)
            .mapToObj(n -> new Lenient("oak-%d".formatted(n * 7919 % 1000), n * n % 13))
            .toList();
    write(table, rows, file);
    byte[] bytes = Files.readAllBytes(file);
    int footer = ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).getInt(bytes.length - 8);

    int refused = 0;
    for (int at = 0; at < bytes.length - 8 - footer; at += 3) {
      bytes[at] ^= 0x55;
      Files.write(file, bytes);
      try {
        assertThat(read(table, file)).as("byte %d", at).isEqualTo(rows);
      } catch (IOException | UncheckedIOException e) {
        assertThat(e).hasMessageStartingWith("%s: not a readable Parquet file: ".formatted(file));
        refused++;
      }
      bytes[at] ^= 0x55;
    }
    assertThat(refused).isGreaterThan((bytes.length - footer) / 6);
  }

  static <T extends Record> void write(Table<T> table, List<T> rows, Path file) throws IOException {
    try (var writer = ParquetRows.create(table, ParquetRows.newFile(file.toString()))) {
      for (T row : rows) {
        writer.write(row);
      }
    }
  }

  static <T extends Record> List<T> read(Table<T> table, Path file) throws IOException {
    var read = new ArrayList<T>();
    try (var rows = ParquetRows.open(table, file.toString())) {
      rows.forEachRemaining(read::add);
    }
    return read;
  }
}
