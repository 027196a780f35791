package org.seedwright.evaluate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.rows.InputFileException;

class BenchmarkFileTest {
  private static final String TWO =
      "{\"task_id\":\"HumanEval/1\",\"prompt\":\"def f():\\n\",\"entry_point\":\"f\","
          + "\"canonical_solution\":\"  return 1\\n\",\"test\":\"assert f()\","
          + "\"release_date\":\"2024-01-21\",\"extra\":[1e400,NaN]}\n"
          + "\n"
          + "{\"task_id\":\"7\",\"prompt\":\"h\u00e9\",\"entry_point\":null}\r\n";

  @TempDir private Path folder;

  @Test
  void problemsKeepTheOrderOfTheFile() throws IOException {
    Path file = write("mine.jsonl", TWO.getBytes(StandardCharsets.UTF_8));
    assertThat(BenchmarkFile.read(file))
        .containsExactly(
            new Problem(
                "mine",
                "HumanEval/1",
                "HumanEval/1",
                "def f():\n",
                Optional.of("f"),
                Optional.of("  return 1\n"),
                Optional.of("assert f()"),
                Optional.of("2024-01-21")),
            new Problem(
                "mine",
                "7",
                "mine/7",
                "h\u00e9",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void gzipByteOrderMarkAndJsonArrayMakeNoDifference() throws IOException {
    Path plain = write("mine.jsonl", ("\ufeff" + TWO).getBytes(StandardCharsets.UTF_8));
    Path zipped = write("mine.jsonl.gz", gzip(TWO));
    Path array =
        write(
            "mine.json",
            ("[" + TWO.replace("}\n\n{", "},{") + "]").getBytes(StandardCharsets.UTF_8));
    assertThat(BenchmarkFile.read(zipped))
        .isEqualTo(BenchmarkFile.read(plain))
        .isEqualTo(BenchmarkFile.read(array));
  }

  @Test
  void aMissingKeyIsNamedWithFileAndLine() throws IOException {
    Path file = write("mine.jsonl", bytes(TWO + "{\"task_id\":\"8\"}"));
    assertThatThrownBy(() -> BenchmarkFile.read(file))
        .isInstanceOfSatisfying(
            InputFileException.class,
            e -> {
              assertThat(e.file()).isEqualTo(file);
              assertThat(e.line()).contains(4);
              assertThat(e.key()).contains("prompt");
            })
        .hasMessage(file + " line 4: key 'prompt' is missing");
  }

  @Test
  void aValueOfAnotherTypeIsRefused() throws IOException {
    assertRefused(
        "{\"task_id\":8,\"prompt\":\"x\"}",
        " line 1: key 'task_id' must be a string, but holds a value of type number");
    assertRefused("{\"task_id\":\"8\",\"prompt\":\" \"}", " line 1: key 'prompt' is blank");
    assertRefused(
        "{\"task_id\":\"8\",\"prompt\":\"x\",\"release_date\":\"soon\"}",
        " line 1: 8: release_date must be a day as in 2024-01-21, but was 'soon'");
    assertRefused("[1]", " line 1: must be a JSON object");
  }

  @Test
  void anIdThatOccursTwiceNamesBothLines() throws IOException {
    assertRefused(TWO + "{\"task_id\":\"7\",\"prompt\":\"x\"}", "is '7' as in line 3");
  }

  @Test
  void brokenJsonIsNamedWithLineAndColumn() throws IOException {
    assertRefused("{\"task_id\":\"8\",\"prompt\":", " line 1: is not JSON at column ");
    assertRefused("{\"task_id\":\"8\",\"task_id\":\"9\"}", "Duplicate");
    assertRefused("{\"task_id\":\"8\",\"prompt\":\"x\"} {}", " line 1: is not JSON at column ");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    byte[] bytes = bytes("{\"task_id\":\"8\",\"prompt\":\"?\"}");
    bytes[25] = (byte) 0xe9;
    Path file = write("latin.jsonl", bytes);
    assertThatThrownBy(() -> BenchmarkFile.read(file)).hasMessage(file + " line 1: is not UTF-8");
  }

  @Test
  void aTruncatedGzipFileIsRefused() throws IOException {
    byte[] whole = gzip(TWO);
    Path file = write("cut.jsonl.gz", Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> BenchmarkFile.read(file))
        .isInstanceOf(InputFileException.class)
        .hasMessage(file + ": the gzip stream ends too early");
    Path plain = write("plain.jsonl.gz", bytes(TWO));
    assertThatThrownBy(() -> BenchmarkFile.read(plain))
        .isInstanceOf(InputFileException.class)
        .hasMessage(plain + ": not a gzip file: Not in GZIP format");
  }

  @Test
  void anAbsentAnEmptyAndAnUnknownFileAreRefused() throws IOException {
    Path absent = folder.resolve("absent.jsonl");
    assertThatThrownBy(() -> BenchmarkFile.read(absent))
        .hasMessage(absent + ": there is no such file");
    Path empty = write("empty.jsonl", bytes("\n"));
    assertThatThrownBy(() -> BenchmarkFile.read(empty)).hasMessage(empty + ": holds no problem");
    Path csv = write("mine.csv", bytes("a,b"));
    assertThatThrownBy(() -> BenchmarkFile.read(csv))
        .hasMessage(csv + ": must end in .jsonl, .jsonl.gz, .json or .json.gz");
  }

  private void assertRefused(String content, String message) throws IOException {
    Path file = write("refused.jsonl", bytes(content));
    assertThatThrownBy(() -> BenchmarkFile.read(file))
        .isInstanceOf(InputFileException.class)
        .hasMessageStartingWith(file + " line ")
        .hasMessageContaining(message);
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(bytes(text));
    }
    return bytes.toByteArray();
  }
}
