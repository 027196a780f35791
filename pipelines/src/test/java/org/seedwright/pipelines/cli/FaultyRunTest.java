package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.simulate.Conditions;
import org.seedwright.pipelines.simulate.Phase;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;
import org.seedwright.pipelines.simulate.TransportFault;

/** Every fault of transport that the simulated teacher knows befalls the first calls of a run. */
@Slow
class FaultyRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BEFALLEN = 2;

  @TempDir private static Path folder;
  private static Map<String, String> expected;

  private record Ended(int exit, JsonNode json) {}

  @BeforeAll
  static void runWithoutFaults() throws Exception {
    Path code = Files.createDirectories(folder.resolve("code"));
    for (int i = 0; i < 2; i++) {
      Files.writeString(
          code.resolve("gap%d.py".formatted(i)),
          "def gap%1$d(values):\n    return max(values) - min(values) + %1$d\n".formatted(i));
    }
    try (var teacher = SimulatedTeacher.start(0, SimulatorOptions.defaults())) {
      Ended fair = run("fair", teacher);
      assertThat(fair.exit).as(fair.json.toPrettyString()).isEqualTo(ExitCode.DONE);
      expected = hashes(fair.json);
    }
  }

  @TestFactory
  Stream<DynamicTest> aFaultLeavesTheRunItsRowsOrStopsItSoThatItGoesOn() {
    return Stream.of(TransportFault.values())
        .map(fault -> DynamicTest.dynamicTest(fault.id(), () -> befalls(fault)));
  }

  private static void befalls(TransportFault fault) throws Exception {
    var options =
        SimulatorOptions.defaults()
            .withDripEvery(Duration.ofMillis(1))
            .withScript(
                List.of(
                    Phase.ofRequests(BEFALLEN, Conditions.fair().withFaults(Map.of(fault, 1.0)))));
    try (var teacher = SimulatedTeacher.start(0, options)) {
      Ended ended = run(fault.id(), teacher);
      if (!fault.passes()) {
        assertThat(ended.exit).isEqualTo(ExitCode.STOPPED);
        assertThat(ended.json.at("/error/message").textValue())
            .contains("have no reply; run the same command again to ask for these only")
            .contains(fault == TransportFault.BAD_KEY ? "401" : "404");
        // The server is in order once it refused so many, as if the key or the model's name were.
        // One
        // refusal is enough for a run to send nothing more.
        for (int runs = 1; runs <= BEFALLEN && ended.exit != ExitCode.DONE; runs++) {
          ended = run(fault.id(), teacher);
        }
      }
      assertThat(ended.exit).as(ended.json.toPrettyString()).isEqualTo(ExitCode.DONE);
      assertThat(hashes(ended.json)).isEqualTo(expected);
    }
  }

  private static Ended run(String name, SimulatedTeacher teacher) throws IOException {
    Path experiment =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            name: faulty
            shards: 1
            teachers:
              main: {provider: openai, base-url: "%s", model: simulated-teacher, timeout-seconds: 5}
            sources:
              code: {path: code, license: MIT}
            seeds: {degenerate: keep}
            evolve: {rounds: 1}
            limits: {concurrency: 2}
            """
                .formatted(teacher.baseUrl()));
    StoryWorkspace.Printed printed =
        StoryWorkspace.bare(
            "run",
            experiment.toString(),
            "--workspace",
            folder.resolve("ws-" + name).toString(),
            "--runner",
            "direct",
            "--json");
    return new Ended(printed.exitCode(), JSON.readTree(printed.out()));
  }

  private static Map<String, String> hashes(JsonNode run) {
    var hashes = new TreeMap<String, String>();
    for (JsonNode stage : run.get("stages")) {
      hashes.put(stage.get("name").textValue(), stage.get("contentHash").textValue());
    }
    return hashes;
  }
}
