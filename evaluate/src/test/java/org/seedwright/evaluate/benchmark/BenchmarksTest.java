package org.seedwright.evaluate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.rows.InputFileException;

class BenchmarksTest {
  @TempDir private Path folder;

  @Test
  void theRegistryHasTheNamesThatExperimentsUse() {
    assertThat(Benchmarks.all())
        .extracting(Benchmark::id)
        .hasSize(42)
        .doesNotHaveDuplicates()
        .contains("humaneval", "humaneval-plus", "mbpp", "mbpp-sanitized", "mbpp-plus", "ds-1000")
        .contains("gsm8k", "multipl-e-humaneval-java", "multipl-e-mbpp-rs")
        .contains("humanevalpack-rust", "mbxp-typescript");
    assertThat(Benchmarks.all().stream().filter(b -> !b.id().equals("mbpp-test")))
        .extracting(Benchmark::file)
        .doesNotHaveDuplicates();
    assertThat(Benchmarks.named("mbpp").size()).isEqualTo(974);
    assertThat(Benchmarks.named("mbpp-test").file()).isEqualTo(Benchmarks.named("mbpp").file());
  }

  @Test
  void anOlderVersionHasItsVersionInItsIdAndTheCurrentOneMay() {
    assertThat(Benchmarks.named("humaneval-plus@0.1.9").version()).isEqualTo("0.1.9");
    assertThat(Benchmarks.named("humaneval-plus@0.1.10"))
        .isSameAs(Benchmarks.named("humaneval-plus"));
    assertThat(Benchmarks.find("humaneval-plus@0.1.8")).isEmpty();
    assertThat(Benchmarks.find("mbpp-plus@0.1.0")).map(Benchmark::size).contains(399);
  }

  @Test
  void thoseThatCanBeExecutedAreListedWhereAnotherIsAskedFor() {
    assertThat(Benchmarks.executable())
        .extracting(Benchmark::id)
        .containsExactly(
            "humaneval",
            "humaneval-plus",
            "humaneval-plus-mini",
            "humaneval-plus-no-extreme",
            "humaneval-plus@0.1.9",
            "mbpp",
            "mbpp-test",
            "mbpp-sanitized",
            "mbpp-plus",
            "mbpp-plus-no-extreme",
            "mbpp-plus@0.1.0")
        .allSatisfy(id -> assertThat(Benchmarks.named(id).file().official()).as(id).isPresent());
    assertThatThrownBy(() -> Benchmarks.executable("gsm8k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "no benchmark that can be executed is called 'gsm8k'; those are humaneval, ");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThat(Benchmarks.find("humanevil")).isEmpty();
    assertThatThrownBy(() -> Benchmarks.named("humanevil"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no benchmark is called 'humanevil'; known are ds-1000, gsm8k, ")
        .hasMessageContaining(", mbxp-typescript");
  }

  @Test
  void anAbsentFileIsNamedWithItsPathAndTheVariableToSet() {
    assertThatThrownBy(() -> Benchmarks.named("humaneval").problems(folder))
        .isInstanceOfSatisfying(
            BenchmarkAbsentException.class, e -> assertThat(e.benchmark()).isEqualTo("humaneval"))
        .hasMessage(
            "benchmark humaneval: no file %s; put openai/human-eval : data/HumanEval.jsonl.gz there or set SEEDWRIGHT_DATA to the folder that holds benchmarks/humaneval/HumanEval.jsonl.gz, or run ./seedwright benchmarks fetch humaneval",
            folder.resolve("benchmarks/humaneval/HumanEval.jsonl.gz"));
  }

  @Test
  void withoutADataFolderEveryBenchmarkIsAbsent() {
    assertThatThrownBy(() -> Benchmarks.named("gsm8k").problems(Optional.empty()))
        .isInstanceOf(BenchmarkAbsentException.class)
        .hasMessageStartingWith("benchmark gsm8k: no data folder is set; set SEEDWRIGHT_DATA to ");
  }

  @Test
  void aFileOfOtherContentIsRefused() throws IOException {
    Path file = folder.resolve("benchmarks/humaneval/HumanEval.jsonl.gz");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> Benchmarks.named("humaneval").problems(folder))
        .isInstanceOf(InputFileException.class)
        .hasMessageStartingWith(file + ": sha256 is ")
        .hasMessageContaining("but benchmark humaneval is pinned to b796127e");
  }

  @Test
  void problemsAreReadThroughTheBenchmarksOwnReading() throws Exception {
    String rows = "{\"task_id\":\"a\",\"prompt\":\"x\"}\n{\"task_id\":\"b\",\"prompt\":\"y\"}\n";
    assertThat(ours(rows, 2).problems(Optional.of(folder)))
        .extracting(Problem::taskId, Problem::benchmark)
        .containsExactly(tuple("a", "ours"), tuple("b", "ours"));
  }

  @Test
  void aPinnedFileWithAnotherCountOrARepeatedTaskIsRefused() throws Exception {
    String rows = "{\"task_id\":\"a\",\"prompt\":\"x\"}\n";
    Benchmark tooShort = ours(rows, 2);
    assertThatThrownBy(() -> tooShort.problems(folder))
        .hasMessageEndingWith("holds 1 problems, but benchmark ours has 2");
    Benchmark repeated = ours(rows + rows, 2);
    assertThatThrownBy(() -> repeated.problems(folder))
        .hasMessageEndingWith("line 2: task a occurs twice");
  }

  private Benchmark ours(String rows, int size) throws Exception {
    byte[] content = rows.getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("ours.jsonl"), content);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    return new FileBenchmark(
        "ours",
        "Ours",
        "1",
        "none",
        size,
        new DataFile("ours.jsonl", sha256, "this test"),
        (id, row) ->
            new Problem(
                id,
                row.text("task_id"),
                row.text("task_id"),
                row.text("prompt"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void idsAreLowerCaseWordsJoinedByHyphens() {
    DataFile file = new DataFile("x", "0".repeat(64), "");
    assertThatThrownBy(() -> new FileBenchmark("Ours", "", "", "", 0, file, (id, row) -> null))
        .hasMessage("benchmark id must be lower-case words joined by '-', but was 'Ours'");
    assertThatThrownBy(() -> new DataFile("x", "abc", ""))
        .hasMessage("x: sha256 must be 64 lower-case hex digits, but was 'abc'");
  }
}
