package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * The README's first command, on every engine. It also fails when a prompt changed and the
 * recording did not: then a request has no reply, and {@code ./seedwright store rekey
 * examples/quickstart/quickstart.yaml} is to be run and the replies that it lists read again.
 */
class QuickstartTest {
  private static final Path EXPERIMENT =
      repository().resolve("examples/quickstart/quickstart.yaml");

  @TempDir private Path scratch;

  private record Ended(int exit, JsonNode json) {}

  @Test
  void everyEngineMakesTheSameBytesAndASecondRunReusesThem() throws Exception {
    Ended direct = run("direct", "--runner", "direct");
    assertThat(direct.exit).as(direct.json.toPrettyString()).isEqualTo(ExitCode.DONE);
    Map<String, String> expected = files("direct");
    assertThat(expected).hasSizeGreaterThan(100);

    for (int parallelism : List.of(1, 2, 4)) {
      String workspace = "local-" + parallelism;
      Ended local = run(workspace, "--parallelism", Integer.toString(parallelism));
      assertThat(local.exit).isEqualTo(ExitCode.DONE);
      assertThat(hashes(local.json)).isEqualTo(hashes(direct.json));
      assertThat(files(workspace)).isEqualTo(expected);
    }

    Ended again = run("local-2");
    assertThat(statuses(again.json)).containsOnly("reused");
    assertThat(again.json.at("/teacher/requests").longValue()).isZero();
    assertThat(hashes(again.json)).isEqualTo(hashes(direct.json));

    theFunnelHasTheFailuresThatTheRecordingPromises(direct.json);
  }

  private static void theFunnelHasTheFailuresThatTheRecordingPromises(JsonNode json) {
    var reasons = new TreeSet<String>();
    for (JsonNode stage : json.get("stages")) {
      stage.get("rejected").fieldNames().forEachRemaining(reasons::add);
      long fates =
          stage.get("out").longValue()
              + stage.get("failed").longValue()
              + stage.get("notSelected").longValue();
      for (JsonNode rejected : stage.get("rejected")) {
        fates += rejected.longValue();
      }
      assertThat(fates)
          .as(stage.get("name").textValue())
          .isEqualTo(stage.get("attempted").longValue());
    }
    assertThat(reasons)
        .contains(
            "bad-utf8",
            "nul-bytes",
            "secret",
            "refused",
            "truncated",
            "equal-to-parent",
            "prompt-leak",
            "duplicate",
            "contaminated");
    assertThat(json.at("/teacher/paidCalls").longValue()).isZero();
  }

  private Ended run(String workspace, String... options) throws IOException {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("run", EXPERIMENT.toString(), "--json"));
    arguments.addAll(List.of("--workspace", scratch.resolve(workspace).toString()));
    arguments.addAll(List.of(options));
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int exit = Main.run(arguments.toArray(String[]::new));
      return new Ended(exit, new ObjectMapper().readTree(bytes.toByteArray()));
    } finally {
      System.setOut(before);
    }
  }

  private static Map<String, String> hashes(JsonNode json) {
    var hashes = new TreeMap<String, String>();
    json.get("stages")
        .forEach(
            stage ->
                hashes.put(stage.get("name").textValue(), stage.get("contentHash").textValue()));
    return hashes;
  }

  private static List<String> statuses(JsonNode json) {
    var statuses = new ArrayList<String>();
    json.get("stages").forEach(stage -> statuses.add(stage.get("status").textValue()));
    return statuses;
  }

  /** Digests of every table and export; a manifest says how long the stage took. */
  private Map<String, String> files(String workspace) throws IOException {
    var digests = new HashMap<String, String>();
    Path stages = scratch.resolve(workspace).resolve("stages");
    try (var tree = Files.walk(stages)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String name = stages.relativize(file).toString();
        if (name.endsWith(".parquet") || name.endsWith(".jsonl")) {
          digests.put(name, CanonicalJson.sha256Hex(Files.readAllBytes(file)));
        }
      }
    }
    return digests;
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("examples/quickstart"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
