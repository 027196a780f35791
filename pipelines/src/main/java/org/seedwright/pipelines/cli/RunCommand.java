package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.SourceConfig;
import org.seedwright.pipelines.run.ExperimentPlan;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.run.StageRunner;
import org.seedwright.pipelines.run.TeacherFactory;
import org.seedwright.pipelines.stage.TeacherAnswers;
import org.seedwright.pipelines.store.Recording;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.workspace.TeacherUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  ./seedwright run my.yaml --workspace /data/ws --runner direct",
      "  ./seedwright run my.yaml --workspace /nfs/ws --runner flink --flink-master head:8081"
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

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "The response store; default: responses/responses.sqlite of the workspace.")
  private Path storeFile;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    runner.check(beamOptions);
    Experiment experiment = Experiment.read(experimentFile, Vocabularies.builtIn());
    WorkspaceFiles files = workspaceOption.open();
    ExperimentPlan plan =
        ExperimentPlan.of(experiment, files.workspace(), files.digests(), DataFolder.get());
    EngineLogs.to(files.runLog(experiment.name()));
    var report = new RunReport(experiment, files, output);
    report.begin(plan);
    List<StageOutcome> outcomes = compute(plan, files, report);
    report.end(outcomes);
    return ExitCode.DONE;
  }

  private List<StageOutcome> compute(ExperimentPlan plan, WorkspaceFiles files, RunReport report)
      throws Exception {
    boolean reused = plan.stages().stream().allMatch(stage -> stage.finished().isPresent());
    if (reused) {
      // No engine starts and no store is opened: there is nothing to compute and nobody to ask.
      return new StageRunner(new DirectEngine(), RunCommand::nobody, report).run(plan);
    }
    Path storePath = storeFile == null ? files.store() : storeFile;
    try (var store = Stores.open(storePath, plan.experiment().name());
        var engine = runner.engine(files, sources(plan.experiment()));
        var here = runner.besideTheStore(engine);
        var answering = new Answering(store, plan.experiment().limits().concurrency())) {
      Map<String, Teacher> teachers = teachers(plan.experiment(), store);
      var answers = new TeacherAnswers(answering, teachers);
      report.answering(answering, answers::expected);
      Interrupt interrupt = Interrupt.draining(answering, report);
      try {
        return new StageRunner(
                engine,
                (job, role, any, requests, replies) ->
                    answers.answer(job, role, here, requests, replies),
                report)
            .run(plan);
      } finally {
        interrupt.close();
      }
    }
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
      String job, String role, Engine engine, TableFolder requests, TableFolder replies) {
    throw new IllegalStateException(job + " asks where every stage is reused");
  }

  private static List<Path> sources(Experiment experiment) {
    return experiment.sources().values().stream().map(SourceConfig::path).toList();
  }
}
