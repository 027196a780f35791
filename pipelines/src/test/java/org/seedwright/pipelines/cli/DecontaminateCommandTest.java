package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.cli.StoryWorkspace.Printed;

class DecontaminateCommandTest {
  private static final String PROMPT =
      "Return how many oak trees stand along the northern side of a long street without lamps";

  @TempDir private Path folder;

  @Test
  void aWholeCopyAndACutOneLeaveWithTheirSpans() throws Exception {
    String cut = PROMPT.substring(0, PROMPT.indexOf(" without")).replace(" ", ",  ");
    Path rows =
        rows(
            PROMPT.toUpperCase(java.util.Locale.ROOT),
            "see: " + cut,
            "an elm",
            PROMPT.substring(0, 30));
    Printed printed =
        decontaminate("--json", rows.toString(), "--benchmark", problems(), "--out", out("o"));

    assertThat(printed.err()).isEmpty();
    assertThat(printed.exitCode()).isZero();
    JsonNode json = new ObjectMapper().readTree(printed.out());
    assertThat(json.path("in").asInt()).isEqualTo(4);
    assertThat(json.path("kept").asInt()).isEqualTo(2);
    assertThat(json.path("rejected").path("contaminated").asInt()).isEqualTo(2);
    assertThat(json.path("rowsByTest").path("exact").asInt()).isEqualTo(1);
    assertThat(json.path("rowsByTest").path("n-gram").asInt()).isEqualTo(2);
    List<GenericRecord> hits = read("o/hits");
    assertThat(hits)
        .extracting(hit -> hit.get("test") + " " + hit.get("start") + " " + hit.get("end"))
        .contains(
            "exact 0 " + PROMPT.length(),
            "n-gram 0 " + PROMPT.length(),
            "n-gram 5 " + (5 + cut.length()));
    assertThat(hits).allSatisfy(hit -> assertThat(hit.get("column").toString()).isEqualTo("text"));
    assertThat(hits).extracting(hit -> hit.get("coverage")).contains(1.0, 14.0 / 16);
    assertThat(read("o/rejected").get(1).get("seedwright_evidence").toString())
        .isEqualTo("n-gram: trees trees/1, prompt in text [5,%d)".formatted(5 + cut.length()));
    assertThat(read("o/kept")).hasSize(2);
  }

  @Test
  void theExactTestAloneLeavesTheCutCopy() throws Exception {
    Path rows = rows(PROMPT, PROMPT.substring(0, 70));
    Printed printed =
        decontaminate(
            rows.toString(), "--benchmark", problems(), "--tests", "exact", "--out", out("o"));
    assertThat(printed.out()).contains("2 rows: 1 kept, 1 rejected (rows by test {exact=1})");
  }

  /** Both commands write an id; the second one is told that it is one. */
  @Test
  void whatOneCommandKeptTheNextOneReads() throws Exception {
    String rows = rows(PROMPT, "an elm").toString();
    decontaminate(rows, "--benchmark", problems(), "--coverage", "1", "--out", out("one"));
    String kept = out("one") + "/kept/part-00000.parquet";

    assertWrong("keep it as the rows' id with --id seedwright_id", kept, "--benchmark", problems());
    Printed printed =
        decontaminate(
            kept, "--benchmark", problems(), "--id", "seedwright_id", "--out", out("two"));
    assertThat(printed.err()).isEmpty();
    assertThat(printed.out()).contains("1 rows: 1 kept, 0 rejected");
    assertThat(read("two/kept")).isEqualTo(read("one/kept"));
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    String rows = rows("text").toString();
    assertWrong("'humanevil'", rows, "--benchmark", "humanevil");
    assertWrong("no row has the column code", rows, "--benchmark", problems(), "--columns", "code");
    assertWrong("was 'near'", rows, "--benchmark", problems(), "--tests", "near");
    assertWrong("6 to 100, but was 3", rows, "--benchmark", problems(), "--words", "3");
    assertWrong("but was 2.0", rows, "--benchmark", problems(), "--coverage", "2");
    assertThat(folder.resolve("o/kept")).doesNotExist();
  }

  private void assertWrong(String message, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", out("o")));
    Printed printed = decontaminate(all.toArray(String[]::new));
    assertThat(printed.err()).contains(message);
    assertThat(printed.exitCode()).isEqualTo(2);
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  private String problems() throws Exception {
    Path file = folder.resolve("trees.jsonl");
    Files.writeString(file, "{\"task_id\": \"trees/1\", \"prompt\": \"%s\"}%n".formatted(PROMPT));
    return file.toString();
  }

  private Path rows(String... texts) throws Exception {
    Path file = folder.resolve("rows.jsonl");
    var lines = new StringBuilder();
    for (String text : texts) {
      lines.append("{\"n\": 1, \"text\": \"").append(text).append("\"}\n");
    }
    return Files.writeString(file, lines);
  }

  private List<GenericRecord> read(String table) throws Exception {
    return WrittenRows.of(folder.resolve(table));
  }

  private static Printed decontaminate(String... arguments) {
    var all = new ArrayList<>(List.of("decontaminate"));
    all.addAll(List.of(arguments));
    return StoryWorkspace.bare(all.toArray(String[]::new));
  }
}
