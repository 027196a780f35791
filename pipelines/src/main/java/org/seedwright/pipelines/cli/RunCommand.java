package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.engine.WorkerNeeds;
import org.seedwright.pipelines.experiment.BranchConfig;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.ExperimentCell;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.run.GridPlan;
import org.seedwright.pipelines.run.Money;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.run.StageRunner;
import org.seedwright.pipelines.run.TeacherFactory;
import org.seedwright.pipelines.run.WorkerSettings;
import org.seedwright.pipelines.stage.ReadReplies;
import org.seedwright.pipelines.stage.StageStoppedException;
import org.seedwright.pipelines.stage.TeacherAnswers;
import org.seedwright.pipelines.stage.WorkerAnswers;
import org.seedwright.pipelines.store.Recording;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.workspace.TeacherUse;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: everything that an experiment file asks for. */
@Command(
    name = "run",
    description = "Does everything that an experiment file asks for; reuses what is there.",
    footer = {
      "",
      "Examples:",
      "  ./seedwright run examples/quickstart/quickstart.yaml",
      "  ./seedwright run my.yaml --preview 5",
      "  ./seedwright run my.yaml --workspace /data/ws --runner direct",
      "  ./seedwright run my.yaml --workspace /nfs/ws --runner flink --flink-master head:8081",
      "  ./seedwright run my.yaml --workspace /nfs/ws --runner flink --flink-master head:8081 \\",
      "    --store postgresql://seedwright@db/responses",
      "  java -jar pipelines/dataflow/target/seedwright-dataflow.jar run my.yaml --runner dataflow \\",
      "    --project my-project --region europe-west1 --temp-location gs://my-bucket/temp \\",
      "    --workspace gs://my-bucket/ws"
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "EXPERIMENT.yaml", description = "The experiment file.")
  private Path experimentFile;

  @Mixin private WorkspaceOption workspaceOption;

  @Parameters(
      index = "1..*",
      paramLabel = "-- BEAM OPTIONS",
      description = "Options of Beam and its runner, such as --fasterCopy=false.")
  private List<String> beamOptions = List.of();

  @Mixin private RunnerOptions runner;

  @Mixin private StoreOption storeOption;

  @Option(
      names = "--keep-going",
      description =
          "Go on though the parser rejects more than half of the first 50 replies of a step; without"
              + " it the run stops there with exit 3.")
  private boolean keepGoing;

  @Option(
      names = "--preview",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "10",
      parameterConsumer = PreviewCount.class,
      description =
          "Take only N seeds, 1 to 1000, through all stages, and print what became of each; the full"
              + " run begins with the same seeds and asks for none of their replies again. Without"
              + " N: 10.")
  private Integer preview;

  @Mixin private Output output;

  /** Takes the next argument where it is a number: the experiment file may stand there too. */
  static final class PreviewCount implements CommandLine.IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
      boolean given = !arguments.isEmpty() && arguments.peek().matches("-?[0-9]{1,9}");
      option.setValue(given ? Integer.valueOf(arguments.pop()) : Preview.SEEDS);
    }
  }

  @Override
  public Integer call() throws Exception {
    runner.check(beamOptions, workspaceOption.given());
    if (preview != null && (preview < 1 || preview > Preview.MOST_SEEDS)) {
      throw new WrongInputException(
          "--preview must be 1 to %d, but was %d".formatted(Preview.MOST_SEEDS, preview));
    }
    WorkspaceFiles files = runner.open(workspaceOption);
    ExperimentGrid grid = ExperimentGrid.read(experimentFile, Vocabularies.builtIn());
    if (preview != null) {
      grid = previewed(grid);
    }
    String name = grid.first().name();
    try (var report =
            new RunReport(grid, preview == null ? name : Preview.run(name), files, output);
        var interrupt = Interrupt.ending(new InterruptedRun(report))) {
      GridPlan plan = GridPlan.of(grid, files.workspace(), files.digests(), DataFolder.get());
      List<List<StageOutcome>> outcomes = compute(plan, files, report, interrupt.end());
      if (grid.isSingle()) {
        report.end(
            outcomes.get(0),
            preview == null ? Optional.empty() : Optional.of(Preview.of(outcomes.get(0))));
      } else {
        report.end(outcomes);
      }
    }
    return ExitCode.DONE;
  }

  private ExperimentGrid previewed(ExperimentGrid grid) {
    // Parts of a data set are of one experiment still.
    long experiments = grid.cells().stream().map(ExperimentCell::experiment).distinct().count();
    if (experiments > 1) {
      throw new WrongInputException(
          "--preview shows one experiment, and ablate in %s asks for %d; preview a copy without it"
              .formatted(experimentFile, experiments));
    }
    if (grid.first().mixed().values().stream().anyMatch(BranchConfig::asksForTasks)) {
      throw new WrongInputException(
          "--preview shows what becomes of seeds, and %s has none: its instructions are made of"
                  .formatted(experimentFile)
              + " tasks");
    }
    return new ExperimentGrid(
        List.of(new ExperimentCell("", Map.of(), grid.first().withSeeds(preview))));
  }

  /** Computes cell after cell, and returns the outcomes of each. */
  private List<List<StageOutcome>> compute(
      GridPlan plan, WorkspaceFiles files, RunReport report, InterruptedRun interrupted)
      throws Exception {
    if (plan.isFinished()) {
      report.begin(plan);
      // No engine starts and no store is opened: there is nothing to compute and nobody to ask.
      return run(
          plan, report, cell -> new StageRunner(new DirectEngine(), RunCommand::nobody, report));
    }
    Experiment first = plan.cells().get(0).cell().experiment();
    StorePlace place = storeOption.of(files);
    boolean workersAnswer = false;
    var paths = new LinkedHashSet<Path>();
    Set<String> variables = new LinkedHashSet<>();
    for (GridPlan.CellPlan cell : plan.cells()) {
      Experiment experiment = cell.cell().experiment();
      workersAnswer |= runner.workersAnswer(place, experiment);
      experiment.sources().values().forEach(source -> paths.add(source.path()));
      for (BranchConfig branch : experiment.mixed().values()) {
        branch
            .instructions()
            .ifPresent(
                given -> {
                  paths.add(given.path());
                  paths.addAll(given.rounds());
                });
      }
      variables.addAll(WorkerSettings.variables(experiment));
    }
    var needs = new WorkerNeeds(List.copyOf(paths), workersAnswer ? variables : Set.of());
    try (var store = place.open(first.name(), Money.budget(first));
        var engine = runner.engine(files, needs)) {
      // Whoever finds the store in use leaves the record of the run that uses it alone.
      report.begin(plan);
      report.paidFrom(store);
      interrupted.cancels(engine);
      if (workersAnswer) {
        report.answeringElsewhere();
        return run(
            plan,
            report,
            cell -> {
              TeacherFactory.importRecordings(cell.experiment(), store);
              var settings =
                  WorkerSettings.of(
                      cell.experiment(), place.server().orElseThrow(), engine.processes());
              return new StageRunner(engine, new WorkerAnswers(settings, keepGoing), report);
            });
      }
      return answeringHere(plan, files, store, engine, report, interrupted);
    }
  }

  /** Makes what computes a cell. */
  @FunctionalInterface
  private interface CellRunner {
    StageRunner of(ExperimentCell cell) throws Exception;
  }

  private static List<List<StageOutcome>> run(GridPlan plan, RunReport report, CellRunner runners)
      throws Exception {
    var outcomes = new ArrayList<List<StageOutcome>>();
    for (GridPlan.CellPlan cell : plan.cells()) {
      report.begins(cell.cell());
      outcomes.add(runners.of(cell.cell()).run(cell.plan()));
    }
    return outcomes;
  }

  private List<List<StageOutcome>> answeringHere(
      GridPlan plan,
      WorkspaceFiles files,
      ResponseStore store,
      Engine engine,
      RunReport report,
      InterruptedRun interrupted)
      throws Exception {
    Experiment first = plan.cells().get(0).cell().experiment();
    // Every cell that asks the same teachers asks them over the same connections.
    Map<Map<TeacherRole, TeacherConfig>, Map<String, Teacher>> teachers = new HashMap<>();
    for (GridPlan.CellPlan cell : plan.cells()) {
      Experiment experiment = cell.cell().experiment();
      if (!teachers.containsKey(experiment.teachers())) {
        teachers.put(experiment.teachers(), teachers(experiment, store));
      }
    }
    var batch = new AtomicReference<OutstandingBatch>();
    try (var here = runner.besideTheStore(engine);
        var answering = new Answering(store, TeacherFactory.limits(first))) {
      interrupted.drains(answering);
      try {
        return run(
            plan,
            report,
            cell -> {
              batch.set(new OutstandingBatch(cell.experiment(), commands(files)));
              var answers =
                  new TeacherAnswers(
                      answering,
                      teachers.get(cell.experiment().teachers()),
                      batch.get(),
                      keepGoing);
              report.answering(answering, answers::expected);
              return new StageRunner(
                  engine,
                  (job, role, any, requests, replies, read) ->
                      answers.answer(job, role, here, requests, replies, read),
                  report);
            });
      } catch (StageStoppedException e) {
        throw batch.get().explained(e, store);
      }
    }
  }

  private BatchCommands commands(WorkspaceFiles files) {
    return new BatchCommands(experimentFile, files, storeOption.given());
  }

  private static Map<String, Teacher> teachers(Experiment experiment, ResponseStore store)
      throws Recording.RecordingException {
    try {
      return TeacherFactory.of(experiment, store, System::getenv);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e.getMessage());
    }
  }

  private static TeacherUse nobody(
      String job,
      String role,
      Engine engine,
      TableFolder requests,
      TableFolder replies,
      ReadReplies read) {
    throw new IllegalStateException(job + " asks where every stage is reused");
  }
}
