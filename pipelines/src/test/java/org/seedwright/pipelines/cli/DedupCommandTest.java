package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.cli.StoryWorkspace.Printed;

class DedupCommandTest {
  private static final String TEXT =
      "write a function that returns the sum of all even numbers in a list of whole numbers";

  @TempDir private Path folder;

  @Test
  void ofNearDuplicatesTheLongestStaysAndAllColumnsAreKept() throws Exception {
    Path file =
        write(
            "rows.jsonl",
            "{\"text\": \"%s\", \"n\": 1, \"x\": 1.5, \"tags\": [\"a\"], \"mixed\": \"m\"}"
                .formatted(TEXT),
            "",
            "{\"text\": \"%s please\", \"n\": 2, \"x\": 2, \"mixed\": 3, \"ok\": true}"
                .formatted(TEXT),
            "{\"text\": \"a + b\"}",
            "{\"text\": \"a - b\"}",
            "{\"text\": null}",
            "{\"other column\": \"no text\"}");
    Printed printed = dedup("--json", file.toString(), "--columns", "text", "--out", out("o"));

    assertThat(printed.err()).isEmpty();
    assertThat(printed.exitCode()).isZero();
    JsonNode json = printed.json();
    assertThat(json.path("in").asInt()).isEqualTo(6);
    assertThat(json.path("kept").asInt()).isEqualTo(5);
    assertThat(json.path("rejected").path("near-duplicate").asInt()).isEqualTo(1);
    assertThat(json.path("clusters").path("count").asInt()).isEqualTo(1);
    assertThat(json.path("minhash").path("bands").asInt()).isEqualTo(36);
    assertThat(json.path("minhash").path("found").path("0.70").asDouble()).isEqualTo(0.9547);
    List<GenericRecord> kept = rows("o/kept");
    assertThat(kept)
        .extracting(row -> String.valueOf(row.get("text")))
        .containsExactly(TEXT + " please", "a + b", "a - b", "null", "null");
    assertThat(kept.get(0).get("n")).isEqualTo(2L);
    assertThat(kept.get(0).get("x")).isEqualTo(2.0);
    assertThat(kept.get(0).get("ok")).isEqualTo(true);
    assertThat(kept.get(0).get("mixed").toString()).isEqualTo("3");
    assertThat(kept.get(4).get("other_column").toString()).isEqualTo("no text");
    GenericRecord rejected = rows("o/rejected").get(0);
    assertThat(rejected.get("text").toString()).isEqualTo(TEXT);
    assertThat(rejected.get("tags").toString()).isEqualTo("[\"a\"]");
    assertThat(rejected.get("mixed").toString()).isEqualTo("\"m\"");
    assertThat(rejected.get("seedwright_reason").toString()).isEqualTo("near-duplicate");
    assertThat(rejected.get("seedwright_duplicate_of")).isEqualTo(kept.get(0).get("seedwright_id"));
    assertThat((double) rejected.get("seedwright_similarity")).isBetween(0.9, 1.0);
    try (var left = Files.list(folder.resolve("o"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("kept", "rejected");
    }
  }

  @Test
  void theKeptIdsAreTheSameInAnyOrderWithAnyThreadsAndFromParquet() throws Exception {
    var lines = new ArrayList<String>();
    var random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      lines.add(
          "{\"id\": \"r%d\", \"text\": \"%s number %d\"}"
              .formatted(i, TEXT + " " + "w".repeat(1 + random.nextInt(40)), random.nextInt(300)));
    }
    Path file = write("one.jsonl", lines.toArray(String[]::new));
    dedup(
        file.toString(), "--columns", "text", "--id", "id", "--threads", "1", "--out", out("one"));
    Collections.shuffle(lines, random);
    Path front = write("front.jsonl", lines.subList(0, 700).toArray(String[]::new));
    Path back = write("back.jsonl.gz", lines.subList(700, 2000).toArray(String[]::new));
    Printed two =
        dedup(
            back.toString(),
            front.toString(),
            "--columns",
            "text",
            "--id",
            "id",
            "--threads",
            "3",
            "--out",
            out("two"));
    assertThat(two.out()).contains("2000 rows").contains("  Jaccard").contains("near-duplicate");
    assertThat(ids("two/kept")).isEqualTo(ids("one/kept")).hasSizeBetween(1, 1999);

    String parquet = folder.resolve("one/kept/part-00000.parquet").toString();
    Printed again = dedup(parquet, "--columns", "text", "--out", out("again"));
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("have a column seedwright_id");
  }

  @Test
  void exactDuplicatesAreEqualAfterNormalisation() throws Exception {
    Path file =
        write(
            "rows.jsonl",
            "{\"text\": \"A  B\", \"score\": 1}",
            "{\"text\": \"a b\", \"score\": 3}",
            "{\"text\": \"a b c\", \"score\": 2}",
            "{\"text\": \"a b\", \"score\": 3}");
    Printed printed =
        dedup(
            "--json",
            "--method",
            "exact",
            "--keep",
            "highest:score",
            file.toString(),
            "--columns",
            "text",
            "--out",
            out("o"));
    assertThat(printed.json().path("rejected").path("duplicate").asInt()).isEqualTo(2);
    assertThat(rows("o/kept"))
        .extracting(row -> row.get("score"))
        .containsExactlyInAnyOrder(3L, 2L);
    assertThat(ids("o/kept")).doesNotContainAnyElementsOf(ids("o/rejected"));
  }

  @Test
  void whatIsWrongIsSaidWithFileLineAndRangeAndNothingIsWritten() throws Exception {
    Path broken = write("broken.jsonl", "{\"text\": \"a\"}", "{\"text\": ");
    assertWrong("broken.jsonl:2: not JSON", broken.toString(), "--columns", "text");
    assertThat(folder.resolve("o/kept")).doesNotExist();
    assertWrong(
        "list.jsonl:2: a line must be a JSON object",
        write("list.jsonl", "{}", "[1]").toString(),
        "--columns",
        "text");
    Path good = write("good.jsonl", "{\"text\": \"a\"}", "{\"text\": \"b\"}");
    assertWrong(
        "no row has the column txt; the rows have text", good.toString(), "--columns", "txt");
    assertWrong("has no id, which --id names", good.toString(), "--columns", "text", "--id", "id");
    assertWrong(
        "threshold must be above 0 and at most 1, but was 1.5",
        good.toString(),
        "--columns",
        "text",
        "--threshold",
        "1.5");
    assertWrong("such as 36x7, but was '7'", good.toString(), "--columns", "text", "--bands", "7");
    assertWrong("keep must be longest", good.toString(), "--columns", "text", "--keep", "best");
    assertWrong(
        "there is no such file", folder.resolve("no.jsonl").toString(), "--columns", "text");
    assertWrong("ends in .jsonl", write("rows.csv", "a").toString(), "--columns", "text");
    Path cut = folder.resolve("cut.jsonl.gz");
    byte[] whole = Files.readAllBytes(write("whole.jsonl.gz", "{\"text\": \"a\"}"));
    Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 9));
    assertWrong("not a whole gzip file", cut.toString(), "--columns", "text");
    Files.createDirectories(folder.resolve("o/mine"));
    assertWrong("is there and not empty", good.toString(), "--columns", "text");
  }

  private void assertWrong(String message, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", out("o")));
    Printed printed = dedup(all.toArray(String[]::new));
    assertThat(printed.err()).contains(message);
    assertThat(printed.exitCode()).isEqualTo(2);
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  private Path write(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private TreeSet<String> ids(String table) throws IOException {
    var ids = new TreeSet<String>();
    rows(table).forEach(row -> ids.add(row.get("seedwright_id").toString()));
    return ids;
  }

  private List<GenericRecord> rows(String table) throws IOException {
    return WrittenRows.of(folder.resolve(table));
  }

  private static Printed dedup(String... arguments) {
    var all = new ArrayList<>(List.of("dedup"));
    all.addAll(List.of(arguments));
    return StoryWorkspace.bare(all.toArray(String[]::new));
  }
}
