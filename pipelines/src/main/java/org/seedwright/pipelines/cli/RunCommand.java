package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.engine.WorkerNeeds;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.SourceConfig;
import org.seedwright.pipelines.run.ExperimentPlan;
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
    Experiment whole = Experiment.read(experimentFile, Vocabularies.builtIn());
    Experiment experiment = preview == null ? whole : whole.withSeeds(preview);
    String name = preview == null ? experiment.name() : Preview.run(experiment.name());
    try (var report = new RunReport(experiment, name, files, output);
        var interrupt = Interrupt.ending(new InterruptedRun(report))) {
      ExperimentPlan plan =
          ExperimentPlan.of(experiment, files.workspace(), files.digests(), DataFolder.get());
      List<StageOutcome> outcomes = compute(plan, files, report, interrupt.end());
      report.end(outcomes, preview == null ? Optional.empty() : Optional.of(Preview.of(outcomes)));
    }
    return ExitCode.DONE;
  }

  private List<StageOutcome> compute(
      ExperimentPlan plan, WorkspaceFiles files, RunReport report, InterruptedRun interrupted)
      throws Exception {
    boolean reused = plan.stages().stream().allMatch(stage -> stage.finished().isPresent());
    if (reused) {
      report.begin(plan);
      // No engine starts and no store is opened: there is nothing to compute and nobody to ask.
      return new StageRunner(new DirectEngine(), RunCommand::nobody, report).run(plan);
    }
    Experiment experiment = plan.experiment();
    StorePlace place = storeOption.of(files);
    boolean workersAnswer = runner.workersAnswer(place, experiment);
    var needs =
        new WorkerNeeds(
            sources(experiment), workersAnswer ? WorkerSettings.variables(experiment) : Set.of());
    try (var store = place.open(experiment.name(), Money.budget(experiment));
        var engine = runner.engine(files, needs)) {
      // Whoever finds the store in use leaves the record of the run that uses it alone.
      report.begin(plan);
      report.paidFrom(store);
      interrupted.cancels(engine);
      if (workersAnswer) {
        TeacherFactory.importRecordings(experiment, store);
        var settings =
            WorkerSettings.of(experiment, place.server().orElseThrow(), engine.processes());
        report.answeringElsewhere();
        return new StageRunner(engine, new WorkerAnswers(settings, keepGoing), report).run(plan);
      }
      return answeringHere(plan, files, store, engine, report, interrupted);
    }
  }

  private List<StageOutcome> answeringHere(
      ExperimentPlan plan,
      WorkspaceFiles files,
      ResponseStore store,
      Engine engine,
      RunReport report,
      InterruptedRun interrupted)
      throws Exception {
    Map<String, Teacher> teachers = teachers(plan.experiment(), store);
    try (var here = runner.besideTheStore(engine);
        var answering = new Answering(store, TeacherFactory.limits(plan.experiment()))) {
      var batch = new OutstandingBatch(plan.experiment(), commands(files));
      var answers = new TeacherAnswers(answering, teachers, batch, keepGoing);
      report.answering(answering, answers::expected);
      interrupted.drains(answering);
      try {
        return new StageRunner(
                engine,
                (job, role, any, requests, replies, read) ->
                    answers.answer(job, role, here, requests, replies, read),
                report)
            .run(plan);
      } catch (StageStoppedException e) {
        throw batch.explained(e, store);
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

  private static List<Path> sources(Experiment experiment) {
    return Stream.concat(
            experiment.sources().values().stream().map(SourceConfig::path),
            experiment.instructions().stream()
                .flatMap(given -> Stream.concat(Stream.of(given.path()), given.rounds().stream())))
        .toList();
  }
}
