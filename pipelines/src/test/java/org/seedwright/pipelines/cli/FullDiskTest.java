package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;

/** A disk that is full, for the stages or for the response store: a file system of a few MB. */
@Slow
class FullDiskTest {
  @TempDir private Path scratch;

  private record Ended(int exit, JsonNode json) {}

  @Test
  void aFullDiskFailsTheRunWithTheFileAndARerunGoesOnWhenThereIsRoom() throws Exception {
    Path disk = Files.createDirectories(scratch.resolve("disk"));
    assumeTrue(
        mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()),
        "only root may mount a small disk");
    try {
      Path log = scratch.resolve("server.jsonl");
      try (var server = SimulatedTeacher.start(0, SimulatorOptions.defaults().withLog(log))) {
        Path experiment = experiment(server);
        Ended whole = run(experiment, scratch.resolve("whole"), List.of());
        assertThat(whole.exit).isZero();
        long undisturbed = received(log).size();

        // Stages on the full disk, the store elsewhere.
        Path store = scratch.resolve("elsewhere.sqlite");
        Path workspace = disk.resolve("ws");
        Files.write(disk.resolve("filler"), new byte[0]);
        List<String> option = List.of("--store", store.toString());
        fill(disk, 150_000);
        Ended full = run(experiment, workspace, option);
        assertThat(full.exit).isEqualTo(ExitCode.FAILED);
        assertThat(full.json.at("/error/kind").textValue()).isEqualTo("disk-full");
        assertThat(full.json.at("/error/message").textValue())
            .contains(disk.toString(), "No space left on device", "make room");
        assertThat(unfinished(workspace)).isEmpty();
        assertThat(mount("-o", "remount,size=256m", disk.toString())).isTrue();
        Ended rerun = run(experiment, workspace, option);
        assertThat(rerun.exit).as(rerun.json.toPrettyString()).isZero();
        assertThat(hashes(rerun)).isEqualTo(hashes(whole));
        // One run asked for all, the other for all but what it was stopped at; nothing twice.
        assertThat(received(log)).hasSize(Math.toIntExact(2 * undisturbed));

        // The store on the full disk, stages elsewhere.
        Files.delete(disk.resolve("filler"));
        Path onDisk = disk.resolve("responses.sqlite");
        option = List.of("--store", onDisk.toString());
        assertThat(run(experiment, scratch.resolve("third"), option).exit).isZero();
        Files.delete(onDisk);
        fill(disk, 260_000);
        int before = received(log).size();
        Ended stopped = run(experiment, scratch.resolve("fourth"), option);
        assertThat(stopped.exit).isEqualTo(ExitCode.FAILED);
        assertThat(stopped.json.at("/error/kind").textValue()).isEqualTo("disk-full");
        assertThat(stopped.json.at("/error/message").textValue()).contains(onDisk.toString());
        Files.delete(disk.resolve("filler"));
        Ended goneOn = run(experiment, scratch.resolve("fourth"), option);
        assertThat(goneOn.exit).as(goneOn.json.toPrettyString()).isZero();
        assertThat(hashes(goneOn)).isEqualTo(hashes(whole));
        List<String> asked = received(log).subList(before, received(log).size());
        Set<String> distinct = new HashSet<>(asked);
        assertThat(distinct).hasSize(Math.toIntExact(undisturbed));
        // Twice went only what was open when the store failed.
        assertThat(asked.size() - distinct.size()).isBetween(0, 4);
      }
    } finally {
      EngineLogs.off();
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  private Path experiment(SimulatedTeacher server) throws IOException {
    Path sources = Files.createDirectories(scratch.resolve("sources"));
    for (int i = 0; i < 40; i++) {
      Files.writeString(
          sources.resolve("module%d.py".formatted(i)),
          "def total_%d(values):\n    return sum(values) + %d\n".formatted(i, i));
    }
    return Files.writeString(
        scratch.resolve("disk.yaml"),
        """
        name: disk
        shards: 2
        teachers:
          main: {provider: openai, base-url: "%s", model: simulated-teacher, temperature: 0}
        limits: {concurrency: 4}
        sources:
          modules: {path: sources}
        evolve: {rounds: 1, heuristics: code, eliminate: rules}
        """
            .formatted(server.baseUrl()));
  }

  /** Leaves so many bytes free. */
  private static void fill(Path disk, long left) throws IOException {
    Path filler = disk.resolve("filler");
    long bytes = disk.toFile().getUsableSpace() - left;
    byte[] block = new byte[1 << 16];
    try (var out = Files.newOutputStream(filler)) {
      for (long written = 0; written < bytes; written += block.length) {
        out.write(block, 0, (int) Math.min(block.length, bytes - written));
      }
    }
  }

  private static List<String> unfinished(Path workspace) throws IOException {
    var left = new ArrayList<String>();
    try (var folders = Files.list(workspace.resolve("stages"))) {
      for (Path folder : folders.toList()) {
        if (!folder.endsWith(".locks") && !Files.exists(folder.resolve("_manifest.json"))) {
          left.add(folder.getFileName().toString());
        }
      }
    }
    return left;
  }

  private static Map<String, String> hashes(Ended ended) {
    var hashes = new HashMap<String, String>();
    ended
        .json
        .get("stages")
        .forEach(
            stage ->
                hashes.put(stage.get("name").textValue(), stage.get("contentHash").textValue()));
    return hashes;
  }

  private static List<String> received(Path log) throws IOException {
    var keys = new ArrayList<String>();
    for (String line : Files.readAllLines(log)) {
      JsonNode event = new ObjectMapper().readTree(line);
      if (event.get("event").textValue().equals("received")) {
        keys.add(event.get("key").textValue());
      }
    }
    return keys;
  }

  private static boolean mount(String... arguments) throws Exception {
    var command = new ArrayList<String>(List.of("mount"));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Ended run(Path experiment, Path workspace, List<String> options)
      throws IOException {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("run", experiment.toString(), "--json"));
    arguments.addAll(List.of("--workspace", workspace.toString(), "--parallelism", "1"));
    arguments.addAll(options);
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
}
