package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.DocsPage;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;
import org.seedwright.pipelines.stage.Branch;

/** Checks what docs/formats.md says of folders and files against those of a small run. */
@Slow
class DocumentedFilesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static DocsPage page;

  @BeforeAll
  static void runTheChainOnOneFile() throws Exception {
    page = DocsPage.read("formats.md");
    Path code = Files.createDirectories(folder.resolve("code"));
    Files.writeString(
        code.resolve("gap.py"),
        """
        # SPDX-License-Identifier: MIT
        def widest_gap(values):
            ordered = sorted(values)
            return max(b - a for a, b in zip(ordered, ordered[1:]))
        """);
    try (var teacher =
        SimulatedTeacher.start(0, SimulatorOptions.defaults().withShares(java.util.Map.of()))) {
      Path experiment = folder.resolve("tiny.yaml");
      Files.writeString(
          experiment,
          """
          name: tiny
          shards: 1
          teachers:
            main: {provider: openai, base-url: "%s", model: simulated-teacher}
          sources:
            code: {path: code, license: MIT}
          seeds: {degenerate: keep}
          evolve: {rounds: 1}
          """
              .formatted(teacher.baseUrl()));
      run(experiment);
      runOnTasksAndKeepAPart(teacher);
      mixBoth(teacher);
    }
  }

  /** The first chain and one on tasks, as phases and by weights. */
  private static void mixBoth(SimulatedTeacher teacher) throws Exception {
    Path experiment =
        Files.writeString(
            folder.resolve("mixed.yaml"),
            """
            name: mixed
            shards: 1
            teachers:
              main: {provider: openai, base-url: "%s", model: simulated-teacher}
            sources:
              code: {path: code, license: MIT}
            branches:
              main: {seeds: {degenerate: keep}, evolve: {rounds: 1}}
              tasks: {instruct: {method: self-instruct, tasks: tasks.jsonl, requests: 1, language: python}}
            ablate:
              mix: [{phases: [main, tasks]}, {union: {main: 1, tasks: 1}}]
            """
                .formatted(teacher.baseUrl()));
    run(experiment);
  }

  private static void runOnTasksAndKeepAPart(SimulatedTeacher teacher) throws Exception {
    Files.writeString(folder.resolve("tasks.jsonl"), "{\"instruction\": \"Sort a list.\"}\n");
    Path experiment =
        Files.writeString(
            folder.resolve("tasks.yaml"),
            """
            name: tasks
            shards: 1
            teachers:
              main: {provider: openai, base-url: "%s", model: simulated-teacher}
            instruct: {method: self-instruct, tasks: tasks.jsonl, requests: 1, language: python}
            subset: [{rows: 1}]
            """
                .formatted(teacher.baseUrl()));
    run(experiment);
  }

  private static void run(Path experiment) {
    assertThat(
            Main.run(
                "run",
                experiment.toString(),
                "--workspace",
                folder.resolve("ws").toString(),
                "--parallelism",
                "1"))
        .isEqualTo(ExitCode.DONE);
  }

  /** Our own program, so that it needs no sandbox. */
  @BeforeAll
  static void scoreOneSample() throws Exception {
    Path problems =
        Files.writeString(
            folder.resolve("sums.jsonl"),
            """
            {"task_id": "sum", "prompt": "def add(a, b):\\n", "entry_point": "add", \
            "canonical_solution": "    return a + b\\n", "test_list": ["assert add(1, 2) == 3"]}
            """);
    Path samples =
        Files.writeString(
            folder.resolve("samples.jsonl"),
            """
            {"task_id": "sum", "completion": "    return b + a\\n"}
            """);
    assertThat(
            Main.run(
                "evaluate",
                "--benchmark",
                problems.toString(),
                "--samples",
                samples.toString(),
                "--sandbox",
                "none",
                "--out",
                folder.resolve("scores").toString()))
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void everyTableOfEveryStageIsDocumented() throws IOException {
    var documented = new TreeSet<String>();
    for (List<String> row : page.rows("Stages and their tables")) {
      documented.add((row.get(0) + " " + row.get(1)).replace("`", "").strip());
    }
    var written = new TreeSet<String>();
    List<Path> stages = stages();
    stages.addAll(stages("scores"));
    for (Path stage : stages) {
      String name = stage.getFileName().toString().replaceFirst("-[0-9a-f]{16}$", "");
      String generic = Branch.step(name).replaceFirst("-[1-9]$", "-k");
      try (Stream<Path> files = Files.walk(stage)) {
        files
            .filter(file -> file.toString().endsWith(".parquet"))
            .map(file -> stage.relativize(file).getParent())
            .forEach(table -> written.add(table == null ? generic : generic + " " + table + "/"));
      }
    }

    assertThat(documented)
        .as("docs/formats.md, ## Stages and their tables")
        .containsExactlyElementsOf(written);
  }

  @Test
  void everyFieldOfRunJsonIsDocumented() throws IOException {
    JsonNode run = JSON.readTree(Files.readString(folder.resolve("ws/runs/tiny/run.json")));
    checkFields("run.json", fields("", run, Set.of("resolved")));
  }

  @Test
  void everyFieldOfAnExportIsDocumented() throws IOException {
    for (String export : List.of("alpaca.jsonl", "messages.jsonl")) {
      Path file =
          stages().stream()
              .filter(stage -> stage.getFileName().toString().startsWith("dataset-"))
              .filter(DocumentedFilesTest::isOfPhases)
              .findFirst()
              .orElseThrow()
              .resolve(export);
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      // Of the first phase: the row that was made of the seed and the one that was evolved.
      assertThat(lines.stream().filter(line -> line.contains("\"phase\":1"))).hasSize(2);
      checkFields(export, fields("", JSON.readTree(lines.get(0)), Set.of()));
    }
  }

  private static boolean isOfPhases(Path dataset) {
    try {
      return Files.readString(dataset.resolve("alpaca.jsonl")).contains("\"phase\"");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void checkFields(String heading, Set<String> written) {
    assertThat(page.column(heading, 0))
        .as("docs/formats.md, ### %s", heading)
        .containsExactlyElementsOf(written);
  }

  private static List<Path> stages() throws IOException {
    return stages("ws");
  }

  private static List<Path> stages(String workspace) throws IOException {
    try (Stream<Path> stages = Files.list(folder.resolve(workspace).resolve("stages"))) {
      var finished = new ArrayList<Path>();
      stages.filter(stage -> Files.exists(stage.resolve("_manifest.json"))).forEach(finished::add);
      return finished;
    }
  }

  /** The paths of an object's fields, in their order; those of a list's elements once. */
  private static Set<String> fields(String prefix, JsonNode object, Set<String> closed) {
    var fields = new LinkedHashSet<String>();
    for (var field : object.properties()) {
      String name = prefix + field.getKey();
      fields.add(name);
      if (field.getValue().isObject() && !closed.contains(name)) {
        fields.addAll(fields(name + ".", field.getValue(), closed));
      }
      for (JsonNode element : field.getValue()) {
        if (field.getValue().isArray()) {
          fields.addAll(fields(name + "[].", element, closed));
        }
      }
    }
    return fields;
  }
}
