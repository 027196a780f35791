package org.seedwright.evaluate.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.samples.Generation.Form;

class SamplesTest {
  private static final List<String> IDS = List.of("HumanEval/0", "HumanEval/1", "HumanEval/2");

  @TempDir private Path folder;

  @Test
  void solutionsAndCompletionsAreReadInTheBenchmarksOrder() throws IOException {
    Path file =
        write(
            "a.jsonl",
            row("HumanEval/2", "completion", "  return 2\n"),
            row("HumanEval/0", "solution", "x"),
            "{\"task_id\":\"HumanEval/1\",\"completion\":\"c\",\"solution\":\"s\",\"extra\":1}");
    Samples samples = Samples.read(file, IDS, SamplesReading.whole());
    assertThat(samples.generations())
        .extracting(Generation::taskId, Generation::form, Generation::text, Generation::ordinal)
        .containsExactly(
            tuple("HumanEval/0", Form.SOLUTION, "x", 0),
            tuple("HumanEval/1", Form.SOLUTION, "s", 0),
            tuple("HumanEval/2", Form.COMPLETION, "  return 2\n", 0));
    assertThat(samples.perTask()).isOne();
    assertThat(samples.tasks()).isEqualTo(3);
  }

  @Test
  void manySamplesOfATaskMayBeRowsOrAList() throws IOException {
    Path file =
        write(
            "a.jsonl",
            row("HumanEval/0", "solution", "a"),
            row("HumanEval/1", "solution", "b"),
            row("HumanEval/0", "solution", "c"),
            row("HumanEval/1", "solution", "d"),
            "{\"task_id\":\"HumanEval/2\",\"samples\":[\"e\",\"f\"]}");
    Samples samples = Samples.read(file, IDS, SamplesReading.whole());
    assertThat(samples.perTask()).isEqualTo(2);
    assertThat(samples.generations())
        .extracting(Generation::text, Generation::ordinal, g -> g.place().line())
        .containsExactly(
            tuple("a", 0, 1),
            tuple("c", 1, 3),
            tuple("b", 0, 2),
            tuple("d", 1, 4),
            tuple("e", 0, 5),
            tuple("f", 1, 5));
  }

  @Test
  void allThatIsWrongIsNamedAtOnceWithFileAndLine() throws IOException {
    Path file =
        write(
            "a.jsonl",
            row("HumanEval/0", "solution", "a"),
            row("HumanEval/9", "solution", "b"),
            row("HumanEval/0", "solution", "c"),
            row("HumanEval/1", "solution", "d"));
    assertThatThrownBy(() -> Samples.read(file, IDS, SamplesReading.whole()))
        .isInstanceOfSatisfying(
            SamplesException.class,
            e ->
                assertThat(e.flaws())
                    .extracting(SamplesException.Flaw::value, SamplesException.Flaw::line)
                    .containsExactly(
                        tuple("HumanEval/9", Optional.of(2)),
                        tuple("HumanEval/0", Optional.of(3)),
                        tuple("HumanEval/2", Optional.empty())))
        .hasMessage(
            "%1$s line 2: the benchmark has no task 'HumanEval/9'; its ids are as 'HumanEval/0'\n"
                + "%1$s line 3: task HumanEval/0 is there 2 times, wanted 1; earlier: %1$s line 1\n"
                + "%1$s: task HumanEval/2 is missing",
            file);
  }

  @Test
  void aTaskWithFewerThanTheOthersIsNamed() throws IOException {
    Path file =
        write(
            "a.jsonl",
            "{\"task_id\":\"HumanEval/0\",\"samples\":[\"a\",\"b\"]}",
            row("HumanEval/1", "solution", "c"),
            "{\"task_id\":\"HumanEval/2\",\"samples\":[\"d\",\"e\"]}");
    assertThatThrownBy(() -> Samples.read(file, IDS, SamplesReading.whole()))
        .hasMessage(
            "%s line 2: task HumanEval/1 is there 1 times, wanted 2; this is the last", file);
    assertThat(Samples.read(file, IDS, SamplesReading.whole().withPartial()).generations())
        .hasSize(5);
  }

  @Test
  void theNumberOfSamplesMayBeDemanded() throws IOException {
    Path file =
        write(
            "a.jsonl",
            row("HumanEval/0", "solution", "a"),
            row("HumanEval/1", "solution", "b"),
            row("HumanEval/2", "solution", "c"));
    assertThatThrownBy(() -> Samples.read(file, IDS, SamplesReading.whole().withPerTask(2)))
        .hasMessageContaining("line 1: task HumanEval/0 is there 1 times, wanted 2");
    assertThatThrownBy(() -> SamplesReading.whole().withPerTask(0))
        .hasMessage("samples per task must be 1 or more, but was 0");
  }

  @Test
  void aPartialSetIsAcceptedOnlyWhenAskedForAndStillNotUnknownTasks() throws IOException {
    Path file = write("a.jsonl", row("HumanEval/1", "solution", "a"));
    assertThatThrownBy(() -> Samples.read(file, IDS, SamplesReading.whole()))
        .hasMessageContaining("task HumanEval/0 is missing");
    Samples samples = Samples.read(file, IDS, SamplesReading.whole().withPartial());
    assertThat(samples.tasks()).isOne();
    Path unknown = write("b.jsonl", row("HumanEval/3", "solution", "a"));
    assertThatThrownBy(() -> Samples.read(unknown, IDS, SamplesReading.whole().withPartial()))
        .hasMessageContaining("no task 'HumanEval/3'");
    Path twice =
        write(
            "c.jsonl",
            row("HumanEval/1", "solution", "a").repeat(1),
            row("HumanEval/1", "solution", "b"));
    assertThatThrownBy(
            () -> Samples.read(twice, IDS, SamplesReading.whole().withPartial().withPerTask(1)))
        .hasMessageContaining("task HumanEval/1 is there 2 times, wanted 1");
  }

  @Test
  void aFolderOfFilesIsReadInTheOrderOfTheirNames() throws IOException {
    write("shard-1.jsonl", row("HumanEval/1", "solution", "b"));
    Files.createDirectories(folder.resolve(".cache"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("shard-0.jsonl.gz")))) {
      out.write(row("HumanEval/0", "solution", "a").getBytes(StandardCharsets.UTF_8));
    }
    write("shard-2.jsonl", row("HumanEval/2", "solution", "c"));
    assertThat(Samples.read(folder, IDS, SamplesReading.whole()).generations())
        .extracting(Generation::text)
        .containsExactly("a", "b", "c");
  }

  @Test
  void aFolderOfFoldersHoldsSolutionsByNumber() throws IOException {
    for (int task = 0; task < 3; task++) {
      Path of = Files.createDirectories(folder.resolve("HumanEval_" + task));
      for (int sample : new int[] {10, 2, 0}) {
        Files.writeString(of.resolve(sample + ".py"), "s%d/%d".formatted(task, sample));
      }
      Files.writeString(of.resolve("0.raw"), "not a solution");
    }
    Samples samples = Samples.read(folder, IDS, SamplesReading.whole());
    assertThat(samples.perTask()).isEqualTo(3);
    assertThat(samples.generations())
        .extracting(Generation::text)
        .startsWith("s0/0", "s0/2", "s0/10", "s1/0");
    Files.createDirectories(folder.resolve("HumanEval_7"));
    assertThatThrownBy(() -> Samples.read(folder, IDS, SamplesReading.whole()))
        .hasMessageEndingWith("HumanEval_7: holds no file that ends in .py");
    Files.writeString(folder.resolve("HumanEval_7/0.py"), "x");
    assertThatThrownBy(() -> Samples.read(folder, IDS, SamplesReading.whole()))
        .hasMessageContaining("0.py: the benchmark has no task 'HumanEval_7'");
    write("a.jsonl", row("HumanEval/0", "solution", "a"));
    assertThatThrownBy(() -> Samples.read(folder, IDS, SamplesReading.whole()))
        .hasMessageContaining("holds both files of samples (a.jsonl) and folders (HumanEval_0)");
  }

  @Test
  void aNumberAloneIsATaskWhereAllAreNumberedUnderOneName() throws IOException {
    Path file = write("a.jsonl", "{\"task_id\":11,\"solution\":\"a\"}");
    assertThat(Samples.read(file, List.of("MBPP/11"), SamplesReading.whole()).generations())
        .extracting(Generation::taskId)
        .containsExactly("MBPP/11");
  }

  @Test
  void rowsWithoutATextOrWithAnotherTypeAreRefused() throws IOException {
    Path none = write("a.jsonl", "{\"task_id\":\"HumanEval/0\"}");
    assertThatThrownBy(() -> Samples.read(none, IDS, SamplesReading.whole()))
        .isInstanceOf(SamplesException.class)
        .hasMessage(
            "%s line 1: task HumanEval/0 has none of the keys 'solution', 'completion' and"
                + " 'samples'",
            none);
    Path list = write("b.jsonl", "{\"task_id\":\"HumanEval/0\",\"solution\":[\"a\"]}");
    assertThatThrownBy(() -> Samples.read(list, IDS, SamplesReading.whole()))
        .hasMessage(
            "%s line 1: key 'solution' must be a string, but holds a value of type array", list);
    Path empty = write("c.jsonl", "");
    assertThatThrownBy(() -> Samples.read(empty, IDS, SamplesReading.whole()))
        .hasMessage("%s: holds no samples", empty);
    assertThatThrownBy(() -> Samples.read(folder.resolve("d.py"), IDS, SamplesReading.whole()))
        .hasMessageEndingWith("d.py: must end in .jsonl, .jsonl.gz, .json or .json.gz");
  }

  @Test
  void aFileThatCannotBeReadIsToldWithPlaceValueAndRange() throws IOException {
    assertThat(flaw(write("a.jsonl", row("HumanEval/0", "solution", "a"), "{\"task_id\": nine}")))
        .extracting("line", "key", "value", "range")
        .containsExactly(Optional.of(2), "", "{\"task_id\": nine}", "one JSON object");
    assertThat(
            flaw(write("b.jsonl", "{\"task_id\":\"HumanEval/0\",\"solution\":\"a\0b\"}")).message())
        .contains("b.jsonl line 1: is not JSON at column 39", "CTRL-CHAR, code 0");
    assertThat(flaw(write("c.jsonl", "{\"task_id\":\"HumanEval/0\",\"solution\":7}")))
        .extracting("line", "key", "value", "range")
        .containsExactly(Optional.of(1), "solution", "7", "a string");
    assertThat(flaw(write("d.jsonl", "{\"solution\":\"a\"}")))
        .extracting("key", "value", "range")
        .containsExactly("task_id", "", "a string");
    assertThat(flaw(write("e.json", "{}")).range()).isEqualTo("one JSON array of objects");
    assertThat(flaw(folder.resolve("absent.jsonl")).range())
        .isEqualTo("a file or folder that is there");
    assertThat(flaw(Files.createDirectories(folder.resolve("empty"))).message())
        .endsWith("empty: holds no samples");
  }

  @Test
  void aGzipStreamThatWasCutOrIsNoneIsNamed() throws IOException {
    var whole = new java.io.ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(whole)) {
      out.write(row("HumanEval/0", "solution", "a").getBytes(StandardCharsets.UTF_8));
    }
    Path cut = folder.resolve("cut.jsonl.gz");
    Files.write(cut, java.util.Arrays.copyOf(whole.toByteArray(), whole.size() - 12));
    assertThat(flaw(cut).message()).endsWith("cut.jsonl.gz: the gzip stream ends too early");
    assertThat(flaw(write("no.jsonl.gz", "text")).range()).isEqualTo("a gzip file");
  }

  @Test
  void aLineOfMoreThan64MebibytesIsRefusedBeforeItIsHeld() throws IOException {
    Path file = folder.resolve("long.jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write((row("HumanEval/0", "solution", "a") + "\n").getBytes(StandardCharsets.UTF_8));
      byte[] mebibyte = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 65; i++) {
        out.write(mebibyte);
      }
    }
    assertThat(flaw(file).message()).endsWith("long.jsonl line 2: is longer than 64 MiB");
    assertThat(flaw(file).value()).hasSize(101).startsWith("xxx");
  }

  private static SamplesException.Flaw flaw(Path path) {
    var thrown =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            SamplesException.class, () -> Samples.read(path, IDS, SamplesReading.whole()));
    assertThat(thrown.flaws()).hasSize(1);
    return thrown.flaws().get(0);
  }

  @Test
  void repliesAreReadUnderTheKeyThatIsNamed() throws IOException {
    Path file =
        write(
            "a.jsonl", "{\"task_id\":\"HumanEval/0\",\"completion\":\"c\",\"all_code\":\"reply\"}");
    assertThat(
            Samples.read(file, IDS.subList(0, 1), SamplesReading.whole().withReplyKey("all_code"))
                .generations())
        .extracting(Generation::form, Generation::text)
        .containsExactly(tuple(Form.REPLY, "reply"));
  }

  @Test
  void aLoneSurrogateSurvives() throws IOException {
    Path file = write("a.jsonl", "{\"task_id\":\"HumanEval/0\",\"solution\":\"x='\\ud800'\"}");
    assertThat(
            Samples.read(file, IDS.subList(0, 1), SamplesReading.whole())
                .generations()
                .get(0)
                .text())
        .isEqualTo("x='\ud800'");
  }

  private static String row(String task, String key, String text) {
    return "{\"task_id\":\"%s\",\"%s\":\"%s\"}".formatted(task, key, text.replace("\n", "\\n"));
  }

  private Path write(String name, String... rows) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", rows) + "\n");
  }
}
