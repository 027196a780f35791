package org.seedwright.pipelines.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.run.GridPlan;
import org.seedwright.pipelines.run.StageRunner;
import org.seedwright.pipelines.stage.TeacherAnswers;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.Teacher;

/** A workspace in which every fate occurs, made by the real chain with {@link ScriptedTeacher}. */
record StoryWorkspace(Path folder) {

  /** What a command printed and how it ended. */
  record Printed(int exitCode, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  Path experiment() {
    return folder.resolve("tales.yaml");
  }

  Path workspace() {
    return folder.resolve("ws");
  }

  /** Writes sources and experiment and runs every stage. */
  void run() throws Exception {
    writeSources();
    compute();
  }

  /** Runs every stage of the experiment as it stands. */
  void compute() throws Exception {
    WorkspaceFiles files = WorkspaceFiles.of(workspace());
    ExperimentGrid grid = ExperimentGrid.read(experiment(), Vocabularies.builtIn());
    GridPlan plan = GridPlan.of(grid, files.workspace(), files.digests(), Optional.empty());
    var report = new RunReport(grid, grid.first().name(), files, new Output());
    report.begin(plan);
    try (var store = Stores.open(files.store(), "tales");
        var engine = new LocalEngine(2);
        var answering = new Answering(store, 4)) {
      var teachers = new HashMap<String, Teacher>();
      var teacher = new ScriptedTeacher();
      for (TeacherRole role : TeacherRole.values()) {
        teachers.put(role.id(), teacher);
      }
      new StageRunner(engine, new TeacherAnswers(answering, teachers), report)
          .run(plan.cells().get(0).plan());
    }
  }

  void writeSources() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    for (String word : List.of("alpha", "beta", "gamma", "delta", "epsilon")) {
      Files.writeString(
          sources.resolve(word + ".py"),
          """
          # SPDX-License-Identifier: MIT
          # Copyright (c) 2024 Ada Example
          def %1$s(lamp):
              return lamp.%1$s
          print(%1$s(LAMP))
          """
              .formatted(word));
    }
    Files.writeString(
        sources.resolve("Zeta.java"), "class Zeta {\n  int zeta() {\n    return 6;\n  }\n}\n");
    Files.write(sources.resolve("nul.py"), new byte[] {'x', 0, 'y'});
    Files.writeString(
        folder.resolve("lamps.jsonl"),
        "{\"task_id\": \"lamps/1\", \"prompt\": \"%s\"}\n"
            .formatted(ScriptedTeacher.BENCHMARK_PROMPT));
    Files.writeString(
        experiment(),
        """
        name: tales
        shards: 2
        teachers:
          main: {provider: openai, base-url: "http://127.0.0.1:1/v1", model: scripted, temperature: 0}
        sources:
          street: {path: sources}
        seeds: {min-lines: 15, max-lines: 15, count: {python: 5}}
        evolve: {rounds: 1, heuristics: [add-constraints], eliminate: rules+judge}
        decontaminate: {against: [./lamps.jsonl], tests: [exact]}
        """);
  }

  /** Runs a command on this workspace. */
  Printed command(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--workspace";
    all[arguments.length + 1] = workspace().toString();
    return bare(all);
  }

  /** Runs a command as it is given. */
  static Printed bare(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int exit = Main.run(arguments);
      return new Printed(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }
}
