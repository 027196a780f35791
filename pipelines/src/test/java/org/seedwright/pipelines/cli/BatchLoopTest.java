package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;

/** A run with three rounds and the judge, by exports and imports alone. */
@Slow
class BatchLoopTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOREIGN =
      "{\"id\":\"b\",\"custom_id\":\"somebody-else\",\"response\":{\"status_code\":200,\"body\":{}},"
          + "\"error\":null}";

  @TempDir private Path folder;

  private record Ended(int exit, JsonNode json) {}

  @Test
  void exportsAndImportsFinishARunWithTheRowsOfDirectCalls() throws Exception {
    Path code = Files.createDirectories(folder.resolve("code"));
    for (int i = 0; i < 3; i++) {
      Files.writeString(
          code.resolve("gap%d.py".formatted(i)),
          "def gap%1$d(values):\n    return max(values) - min(values) + %1$d\n".formatted(i));
    }
    try (var teacher = SimulatedTeacher.start(0, SimulatorOptions.defaults())) {
      String address = teacher.baseUrl().toString();
      Path direct = experiment("direct", "{provider: openai, base-url: \"%s\"".formatted(address));
      Ended expected = main("run", direct.toString(), "--workspace", workspace("direct"));
      assertThat(expected.exit).isEqualTo(ExitCode.DONE);

      Path batch = experiment("batch", "{provider: batch");
      Ended waiting = main("run", batch.toString(), "--workspace", workspace("batch"));
      assertThat(waiting.exit).isEqualTo(ExitCode.STOPPED);
      assertThat(waiting.json.at("/error/message").textValue())
          .contains("instruct waits for a batch: 3 requests have no reply")
          .contains("./seedwright batch export ")
          .contains("./seedwright batch import ");

      var steps = new ArrayList<String>();
      for (int round = 1; round <= 20; round++) {
        Path out = folder.resolve("requests-%d.jsonl".formatted(round));
        Ended exported =
            main(
                "batch",
                "export",
                batch.toString(),
                "--out",
                out.toString(),
                "--workspace",
                workspace("batch"));
        assertThat(exported.exit).isEqualTo(ExitCode.DONE);
        if (exported.json.get("step").textValue().isEmpty()) {
          break;
        }
        steps.add(exported.json.get("step").textValue());
        serve(address, batch, out, round);
      }

      assertThat(steps)
          .containsExactly(
              "instruct",
              "instruct",
              "evolve-1",
              "evolve-1-judge",
              "respond-1",
              "evolve-2",
              "evolve-2-judge",
              "respond-2",
              "evolve-3",
              "evolve-3-judge",
              "respond-3");
      Ended finished = main("run", batch.toString(), "--workspace", workspace("batch"));
      assertThat(finished.exit).isEqualTo(ExitCode.DONE);
      assertThat(hashes(finished.json)).isEqualTo(hashes(expected.json));
    }
  }

  private Path experiment(String name, String teacher) throws Exception {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: %s
        shards: 1
        teachers:
          main: %s, model: simulated-teacher}
        sources:
          code: {path: code, license: MIT}
        seeds: {degenerate: keep}
        evolve: {rounds: 3, eliminate: rules+judge}
        """
            .formatted(name, teacher));
  }

  private String workspace(String name) {
    return folder.resolve("ws-" + name).toString();
  }

  /** A batch service: its replies come shuffled, in two files, the first of them imported twice. */
  private void serve(String address, Path experiment, Path requests, int round) throws Exception {
    var lines = new ArrayList<String>();
    for (String line : Files.readAllLines(requests, StandardCharsets.UTF_8)) {
      lines.add(reply(address, JSON.readTree(line)));
    }
    Collections.shuffle(lines, new Random(round));
    int stored = lines.size();
    if (round == 1) {
      // One comes back failed, and is exported again.
      String id = JSON.readTree(lines.get(0)).get("custom_id").textValue();
      lines.set(
          0,
          "{\"custom_id\":\"%s\",\"response\":null,\"error\":{\"code\":\"batch_expired\"}}"
              .formatted(id));
      stored--;
    }
    int half = (lines.size() + 1) / 2;
    Path first = folder.resolve("first-%d.jsonl.gz".formatted(round));
    try (var out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(first)), StandardCharsets.UTF_8)) {
      out.write(String.join("\r\n", lines.subList(0, half)));
    }
    var rest = new ArrayList<>(lines.subList(half, lines.size()));
    rest.add(FOREIGN);
    Path second = folder.resolve("second-%d.jsonl".formatted(round));
    Files.writeString(second, "\ufeff" + String.join("\n", rest) + "\n");

    Ended once = bring(experiment, first);
    Ended twice = bring(experiment, first, second);

    assertThat(once.exit).isEqualTo(ExitCode.DONE);
    assertThat(twice.exit).isEqualTo(ExitCode.DONE);
    assertThat(once.json.get("stored").asInt() + twice.json.get("stored").asInt())
        .isEqualTo(stored);
    assertThat(twice.json.get("alreadyThere").asInt()).isEqualTo(half);
    assertThat(twice.json.get("foreign").asInt()).isEqualTo(1);
    assertThat(once.json.at("/failed/timeout").asInt()).isEqualTo(round == 1 ? 1 : 0);
  }

  private Ended bring(Path experiment, Path... files) throws Exception {
    var arguments = new ArrayList<>(List.of("batch", "import", experiment.toString()));
    for (Path file : files) {
      arguments.add(file.toString());
    }
    arguments.addAll(List.of("--workspace", workspace("batch")));
    return main(arguments.toArray(String[]::new));
  }

  private static String reply(String address, JsonNode line) throws Exception {
    assertThat(line.get("method").textValue()).isEqualTo("POST");
    assertThat(line.get("url").textValue()).isEqualTo("/v1/chat/completions");
    HttpResponse<String> answered =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + "/chat/completions"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(line.get("body").toString()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    var response = JSON.createObjectNode();
    response.put("status_code", answered.statusCode());
    response.put("request_id", "r");
    response.set("body", JSON.readTree(answered.body()));
    var written = JSON.createObjectNode();
    written.put("id", "batch_req");
    written.set("custom_id", line.get("custom_id"));
    written.set("response", response);
    written.putNull("error");
    return JSON.writeValueAsString(written);
  }

  private static Map<String, String> hashes(JsonNode run) {
    var hashes = new TreeMap<String, String>();
    for (JsonNode stage : run.get("stages")) {
      hashes.put(stage.get("name").textValue(), stage.get("contentHash").textValue());
    }
    return hashes;
  }

  private static Ended main(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int exit = Main.run(all.toArray(String[]::new));
      return new Ended(exit, JSON.readTree(bytes.toByteArray()));
    } finally {
      System.setOut(before);
    }
  }
}
