package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at a folder in which one benchmark's file has other content and the rest are absent. */
class BenchmarksCommandTest {
  @TempDir private Path folder;

  private record Printed(int exitCode, String out) {
    JsonNode json() throws Exception {
      return new ObjectMapper().readTree(out);
    }
  }

  @Test
  void everyBenchmarkIsListedWithTheStateOfItsFile() throws Exception {
    writeOtherContent();
    Printed printed = command("list", "--json");
    assertThat(printed.exitCode()).isZero();
    JsonNode benchmarks = printed.json().get("benchmarks");
    assertThat(benchmarks).hasSize(42);
    assertThat(benchmarks.get(0).get("id").asText()).isEqualTo("humaneval");
    assertThat(benchmarks.get(0).get("state").asText()).isEqualTo("other-content");
    assertThat(benchmarks.get(0).get("executable").asBoolean()).isTrue();
    assertThat(benchmarks.get(1).get("state").asText()).isEqualTo("absent");
    assertThat(benchmarks.get(1).get("url").asText())
        .isEqualTo(
            "https://github.com/evalplus/humanevalplus_release/releases/download/v0.1.10/HumanEvalPlus.jsonl.gz");
    assertThat(command("list").out()).contains("humaneval-plus@0.1.9", "absent", "in " + folder);
  }

  @Test
  void checkFailsOnOtherContentAndOnWhatWasNamedAndIsAbsent() throws Exception {
    assertThat(command("check").exitCode()).isZero();
    assertThat(command("check", "mbpp").exitCode()).isEqualTo(1);
    writeOtherContent();
    Printed printed = command("check", "--json");
    assertThat(printed.exitCode()).isEqualTo(1);
    assertThat(printed.json().get("flawed").asInt()).isEqualTo(1);
    assertThat(command("check", "humanevil").exitCode()).isEqualTo(2);
  }

  @Test
  void fetchNamesWhatCannotBeFetched() throws Exception {
    writeOtherContent();
    Printed printed = command("fetch", "humaneval", "gsm8k", "--json");
    assertThat(printed.exitCode()).isEqualTo(1);
    assertThat(printed.json().get("benchmarks").get(0).get("problem").asText())
        .contains("HumanEval.jsonl.gz is not the pinned content; remove it to fetch it again");
    assertThat(printed.json().get("benchmarks").get(1).get("problem").asText())
        .startsWith("benchmark gsm8k: no place is known to fetch it from");
    assertThat(command("fetch").exitCode()).isEqualTo(2);
    assertThat(command("fetch", "--all", "humaneval").exitCode()).isEqualTo(2);
  }

  private void writeOtherContent() throws Exception {
    Path file = folder.resolve("benchmarks/humaneval/HumanEval.jsonl.gz");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "mine");
  }

  private Printed command(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "benchmarks";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--data";
    all[arguments.length + 2] = folder.toString();
    PrintStream before = System.out;
    var out = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      return new Printed(Main.run(all), out.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
