package org.seedwright.pipelines.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.ExperimentException;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.stage.TeacherAnswers;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.workspace.Workspace;

/**
 * Runs experiments as the command does, in one workspace with one store.
 *
 * @param home folder of the experiment file
 * @param workspace folder of the stages
 * @param store file of the replies
 */
record Chain(Path home, Path workspace, Path store) {
  static final RunListener SILENT =
      new RunListener() {
        @Override
        public void started(PlannedStage stage) {}

        @Override
        public void finished(StageOutcome stage) {}
      };

  /** Everything in one folder. */
  static Chain in(Path folder) {
    return new Chain(
        folder, folder.resolve("workspace"), folder.resolve("responses").resolve("store.sqlite"));
  }

  /** Another workspace with the same store. */
  Chain beside(Path folder) {
    return new Chain(folder, folder.resolve("workspace"), store);
  }

  ExperimentPlan plan(Sketch sketch) throws IOException, ExperimentException {
    return plan(sketch.in(home));
  }

  ExperimentPlan plan(Experiment experiment) throws IOException {
    return ExperimentPlan.of(
        experiment,
        new Workspace(workspace.toString()),
        home.resolve("digests.tsv"),
        Optional.empty());
  }

  /** Runs with the teachers that the file names. */
  Run run(Sketch sketch, Engine engine) throws Exception {
    return run(sketch.in(home), engine);
  }

  Run run(Experiment experiment, Engine engine) throws Exception {
    return run(experiment, engine, Map.of());
  }

  /** Runs with the teachers that the file names, whose keys are in these variables. */
  Run run(Experiment experiment, Engine engine, Map<String, String> environment) throws Exception {
    ExperimentPlan plan = plan(experiment);
    try (var replies = open()) {
      return run(
          plan, engine, replies, TeacherFactory.of(experiment, replies, environment::get), false);
    }
  }

  /** Runs with one teacher for every role. */
  Run run(Sketch sketch, Engine engine, Teacher teacher) throws Exception {
    return run(sketch, engine, teacher, Budget.NONE);
  }

  /** Runs every cell of a grid with one teacher for every role, and returns them by name. */
  Map<String, Run> grid(Sketch sketch, Engine engine, Teacher teacher) throws Exception {
    var runs = new LinkedHashMap<String, Run>();
    for (GridPlan.CellPlan cell : gridPlan(sketch).cells()) {
      runs.put(cell.cell().name(), run(cell.plan(), engine, teacher, Budget.NONE, false));
    }
    return runs;
  }

  GridPlan gridPlan(Sketch sketch) throws IOException, ExperimentException {
    return GridPlan.of(
        sketch.gridIn(home),
        new Workspace(workspace.toString()),
        home.resolve("digests.tsv"),
        Optional.empty());
  }

  /** Runs with one teacher for every role, however many replies are rejected. */
  Run runOnAndOn(Sketch sketch, Engine engine, Teacher teacher) throws Exception {
    return run(plan(sketch), engine, teacher, Budget.NONE, true);
  }

  /** Runs with one teacher for every role, under a budget. */
  Run run(Sketch sketch, Engine engine, Teacher teacher, Budget budget) throws Exception {
    return run(plan(sketch), engine, teacher, budget, false);
  }

  /** Runs a plan with one teacher for every role. */
  Run run(ExperimentPlan plan, Engine engine, Teacher teacher, boolean keepGoing) throws Exception {
    return run(plan, engine, teacher, Budget.NONE, keepGoing);
  }

  private Run run(
      ExperimentPlan plan, Engine engine, Teacher teacher, Budget budget, boolean keepGoing)
      throws Exception {
    var teachers = new LinkedHashMap<String, Teacher>();
    for (TeacherRole role : TeacherRole.values()) {
      teachers.put(role.id(), teacher);
    }
    try (var replies = open(budget)) {
      return run(plan, engine, replies, teachers, keepGoing);
    }
  }

  SqliteResponseStore open() {
    return open(Budget.NONE);
  }

  SqliteResponseStore open(Budget budget) {
    return SqliteResponseStore.open(store, "test", budget, InstantSource.system());
  }

  private static Run run(
      ExperimentPlan plan,
      Engine engine,
      SqliteResponseStore replies,
      Map<String, Teacher> teachers,
      boolean keepGoing)
      throws Exception {
    try (var answering = new Answering(replies, TeacherFactory.limits(plan.experiment()))) {
      var answers = new TeacherAnswers(answering, teachers, request -> {}, keepGoing);
      return new Run(new StageRunner(engine, answers, SILENT).run(plan));
    }
  }

  /**
   * Digests of every table and export by name. A manifest says how long the stage took, and a
   * process that was killed leaves its attempt behind; neither is here.
   */
  Map<String, String> files() throws IOException {
    var digests = new TreeMap<String, String>();
    Path stages = workspace.resolve("stages");
    try (var tree = Files.walk(stages)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String name = stages.relativize(file).toString();
        if (!name.startsWith(".") && (name.endsWith(".parquet") || name.endsWith(".jsonl"))) {
          digests.put(name, CanonicalJson.sha256Hex(Files.readAllBytes(file)));
        }
      }
    }
    return digests;
  }

  /** What became of a run. */
  record Run(List<StageOutcome> stages) {
    StageOutcome stage(String name) {
      return stages.stream()
          .filter(stage -> stage.manifest().stage().equals(name))
          .findFirst()
          .orElseThrow();
    }

    /** Names of the stages that were computed. */
    List<String> computed() {
      return stages.stream()
          .filter(stage -> !stage.reused())
          .map(stage -> stage.manifest().stage())
          .toList();
    }

    /** Content hashes by stage. */
    Map<String, String> hashes() {
      var hashes = new LinkedHashMap<String, String>();
      stages.forEach(stage -> hashes.put(stage.manifest().stage(), stage.manifest().contentHash()));
      return hashes;
    }

    /** Requests put to a provider now, over all stages. */
    long paidCalls() {
      return stages.stream()
          .filter(stage -> !stage.reused())
          .mapToLong(stage -> stage.manifest().teacher().paidCalls())
          .sum();
    }

    /** Rows of a table of a stage, shard by shard; the empty name is the main table. */
    <T extends Record> List<T> rows(String stage, String table, Class<T> type) throws IOException {
      StageOutcome outcome = stage(stage);
      var folder =
          new TableFolder(
              outcome.folder(),
              table.isEmpty() ? "" : table + "/",
              new Shards(outcome.manifest().shards()));
      var rows = new ArrayList<T>();
      for (int shard : folder.shards().numbers()) {
        try (var part = folder.open(Table.of(type), shard)) {
          part.forEachRemaining(rows::add);
        }
      }
      return rows;
    }
  }
}
