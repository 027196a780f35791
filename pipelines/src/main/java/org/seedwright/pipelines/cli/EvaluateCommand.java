package org.seedwright.pipelines.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.extraction.Extraction;
import org.seedwright.evaluate.extraction.Extractions;
import org.seedwright.evaluate.extraction.PythonParser;
import org.seedwright.evaluate.oracle.OracleReport;
import org.seedwright.evaluate.samples.Samples;
import org.seedwright.evaluate.samples.SamplesReading;
import org.seedwright.evaluate.sandbox.Sandbox;
import org.seedwright.evaluate.sandbox.Slots;
import org.seedwright.evaluate.sandbox.Unconfined;
import org.seedwright.evaluate.score.ScoreName;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.engine.WorkerNeeds;
import org.seedwright.pipelines.evaluation.AnswersStage;
import org.seedwright.pipelines.evaluation.BenchmarkPlace;
import org.seedwright.pipelines.evaluation.EvalPlusFile;
import org.seedwright.pipelines.evaluation.OracleStage;
import org.seedwright.pipelines.evaluation.SandboxKind;
import org.seedwright.pipelines.evaluation.ScoreRow;
import org.seedwright.pipelines.evaluation.ScoresStage;
import org.seedwright.pipelines.evaluation.VerdictRow;
import org.seedwright.pipelines.evaluation.VerdictsStage;
import org.seedwright.pipelines.evaluation.Workbench;
import org.seedwright.pipelines.execution.ExecutionStore;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.run.StagePlan;
import org.seedwright.pipelines.run.StageRunner;
import org.seedwright.pipelines.stage.ReadReplies;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.workspace.TeacherUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate}: the score of a file of samples. */
@Command(
    name = "evaluate",
    description = {
      "Runs samples against the tests of a benchmark, in a sandbox, and says their score. The"
          + " benchmark's own solutions run first: where one fails here, no score is said.",
      "Verdicts, scores and measurements are tables in the folder of --out; what ran once is known"
          + " there and does not run again."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright evaluate --benchmark humaneval --samples samples.jsonl --out scores/mine",
      "  ./seedwright evaluate --benchmark humaneval-plus@0.1.9 --samples samples.jsonl.gz \\",
      "    --extract evalplus-legacy --k 1,10 --out scores/mine --json",
      "  ./seedwright evaluate --benchmark my-problems.jsonl --samples answers/ --partial \\",
      "    --sandbox docker --out scores/own"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int MOST_SLOTS = 1024;

  @Option(
      names = "--benchmark",
      required = true,
      paramLabel = "ID|FILE.jsonl",
      description =
          "An id that 'benchmarks list' prints with tests, such as humaneval-plus or"
              + " humaneval-plus@0.1.9; or a file of one's own problems, see docs/benchmarks.md.")
  private String benchmark;

  @Option(
      names = "--samples",
      required = true,
      paramLabel = "FILE|FOLDER",
      description =
          "Samples: .jsonl or .jsonl.gz with task_id and solution or completion; a folder of such"
              + " files; or a folder with a folder of solutions for each task.")
  private Path samples;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where verdicts, scores and known executions are kept; made if absent.")
  private Path out;

  @Option(
      names = "--extract",
      paramLabel = "EXTRACTION",
      description =
          "Cut programs out of the samples first: none, wizardcoder, magicoder or evalplus-legacy."
              + " Raw and extracted scores are said side by side. Default: ${DEFAULT-VALUE}.",
      defaultValue = "none")
  private String extract;

  @Option(
      names = "--reply-key",
      paramLabel = "KEY",
      description =
          "Read what the model said from this key of a row instead of solution or completion; goes"
              + " with --extract.")
  private String replyKey;

  @Option(
      names = "--sandbox",
      paramLabel = "KIND",
      description =
          "docker, bubblewrap or none, which isolates nothing. Default: the first of docker and"
              + " bubblewrap that works here. See docs/sandbox.md.")
  private SandboxKind sandbox;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Programs that run at a time in each process, 1 to 1024; default: the number of cores.")
  private Integer workers;

  @Option(
      names = "--k",
      paramLabel = "K",
      split = ",",
      description =
          "Which pass@k, as in 1,10,100; those beyond the number of samples of a task are left out."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "1,10,100")
  private List<Integer> ks;

  @Option(
      names = "--partial",
      description = "Tasks may be missing, or have fewer samples than others; the score says so.")
  private boolean partial;

  @Option(
      names = "--no-oracle",
      description = "Tasks without a reference solution count; the score's name says so.")
  private boolean noOracle;

  @Option(
      names = "--allow-broken",
      description =
          "Leave out tasks whose reference solution fails here, instead of saying no score.")
  private boolean allowBroken;

  @Option(
      names = "--every-test",
      description = "Go on after the first test that fails, and keep what came of each.")
  private boolean everyTest;

  @Option(
      names = "--prompt",
      paramLabel = "ID",
      description = "How the model was prompted, for the score's name. Default: ${DEFAULT-VALUE}.",
      defaultValue = ScoreName.UNSTATED)
  private String prompt;

  @Option(
      names = "--decoding",
      paramLabel = "ID",
      description =
          "How the model was decoded, such as greedy, for the score's name. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = ScoreName.UNSTATED)
  private String decoding;

  @Option(
      names = "--eval-results",
      paramLabel = "FILE",
      description =
          "Also write an eval_results.json as EvalPlus does; HumanEval+ and MBPP+ only. Not there"
              + " yet, or it is refused.")
  private Path evalResults;

  @Option(
      names = "--executions",
      paramLabel = "FILE",
      description =
          "Where it is kept what came of programs, for several folders of --out. Default:"
              + " executions/executions.sqlite in that of this one.")
  private Path executions;

  @Option(
      names = "--no-reuse",
      description =
          "Run everything, and keep no execution for later. The folder of --out must hold no"
              + " verdicts of these samples yet.")
  private boolean noReuse;

  @Parameters(
      arity = "0..*",
      paramLabel = "-- BEAM OPTIONS",
      description = "Options of Beam and its runner.")
  private List<String> beamOptions = List.of();

  @Mixin private DataOption data;

  @Mixin private RunnerOptions runner;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    try (var interrupt = Interrupt.ending(new InterruptedEvaluation(output))) {
      evaluate(interrupt.end());
    }
    return ExitCode.DONE;
  }

  private void evaluate(InterruptedEvaluation interrupted) throws Exception {
    long start = System.nanoTime();
    check();
    BenchmarkPlace place = place();
    TaskSet set = place.read();
    checkAgainst(set, place);
    AnswersStage answers = answers(set);
    Path folder = out.toAbsolutePath().normalize();
    EngineLogs.to(folder.resolve("run.log"));
    SandboxKind kind = sandbox == null ? SandboxKind.best() : sandbox;
    Sandbox opened = kind.sandbox();
    if (kind == SandboxKind.NONE) {
      output.progress("seedwright: " + Unconfined.WARNING);
    }
    WorkspaceFiles files = WorkspaceFiles.of(folder);
    var needs = new WorkerNeeds(List.of(place.file()), Set.of());
    int slots = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    try (var known = ExecutionStore.open(store(folder));
        var bench =
            Workbench.open(place, set, kind, slots, Slots.of(opened, slots), known, !noReuse);
        var engine = runner.engine(files, needs)) {
      interrupted.drains(bench);
      interrupted.cancels(engine);
      var terms = new ScoresStage.Terms(prompt, decoding, opened.name(), ks, allowBroken, noOracle);
      StagePlan plan =
          StagePlan.of(
              files.workspace(),
              Shards.DEFAULT_COUNT,
              List.of(
                  new OracleStage(set, bench.settings()),
                  answers,
                  new VerdictsStage(set, bench.settings(), everyTest),
                  new ScoresStage(set, extractions(), terms)));
      checkUnused(plan);
      try (var progress = new EvaluationProgress(bench, output)) {
        var stages = new StageRunner(engine, EvaluateCommand::nobody, progress);
        OracleReport oracle = OracleStage.report(set, table(stages.run(plan.first(1)), 0));
        // Before any answer runs.
        Set<String> scorable = oracle.scorable(allowBroken, noOracle);
        List<StageOutcome> outcomes = stages.run(plan);
        List<VerdictRow> verdicts = VerdictsStage.read(table(outcomes, 2));
        List<ScoreRow> scores = ScoresStage.read(table(outcomes, 3));
        if (evalResults != null) {
          EvalPlusFile.write(
              evalResults,
              set,
              place.benchmark().orElseThrow().file().evalPlusHash(set.benchmark(), data.folder()),
              LocalDateTime.now(ZoneId.systemDefault()),
              everyTest,
              answers.of(extract),
              verdicts);
        }
        progress.said();
        new EvaluationReport(set, extract, oracle, scorable, verdicts, scores, opened.name())
            .say(output, (System.nanoTime() - start) / 1e9, outcomes);
      }
    }
  }

  private Path store(Path folder) {
    return executions == null ? folder.resolve("executions/executions.sqlite") : executions;
  }

  private void check() {
    runner.check(beamOptions, out.toString());
    if (workers != null && (workers < 1 || workers > MOST_SLOTS)) {
      throw new WrongInputException(
          "--workers must be 1 to %d, but was %d".formatted(MOST_SLOTS, workers));
    }
    for (int k : ks) {
      if (k < 1) {
        throw new WrongInputException("--k must be 1 or more, but was %d".formatted(k));
      }
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new WrongInputException("--out %s is not a folder".formatted(out));
    }
    if (evalResults != null && Files.exists(evalResults)) {
      throw new WrongInputException("--eval-results %s is there already".formatted(evalResults));
    }
    if (replyKey != null && extract.equals("none")) {
      throw new WrongInputException("--reply-key goes with --extract");
    }
    checkName("--prompt", prompt);
    checkName("--decoding", decoding);
  }

  private static void checkName(String option, String value) {
    if (!value.matches("[^\\s,;=/]+")) {
      throw new WrongInputException(
          "%s must have no spaces and none of ,;=/ but was '%s'".formatted(option, value));
    }
  }

  private BenchmarkPlace place() {
    Path file = Path.of(benchmark);
    if (Benchmarks.find(benchmark).isEmpty() && benchmark.matches("(?i).*\\.jsonl?(\\.gz)?")) {
      return BenchmarkPlace.of(file);
    }
    try {
      return BenchmarkPlace.of(Benchmarks.executable(benchmark), data.folder());
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(
          e.getMessage() + "; a file of one's own problems ends in .jsonl or .jsonl.gz");
    }
  }

  private void checkAgainst(TaskSet set, BenchmarkPlace place) {
    if (place.benchmark().isEmpty()) {
      checkName("the name of the file of --benchmark, without its ending,", set.benchmark());
    }
    if (evalResults != null
        && (place.benchmark().isEmpty() || !set.tasks().stream().allMatch(VerdictRow::hasPlus))) {
      throw new WrongInputException(
          "--eval-results is for HumanEval+ and MBPP+, but the benchmark is %s"
              .formatted(set.benchmark()));
    }
  }

  private AnswersStage answers(TaskSet set) {
    var reading = new SamplesReading(Optional.empty(), partial, Optional.ofNullable(replyKey));
    Samples read = Samples.read(samples, set.byId().keySet(), reading);
    try (var parser = new PythonParser("python3")) {
      var chosen = new ArrayList<Extraction>();
      for (String id : extractions()) {
        chosen.add(Extractions.named(id, parser));
      }
      return AnswersStage.of(set, read, chosen);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException("--extract: " + e.getMessage());
    }
  }

  /** The raw ones come along. */
  private List<String> extractions() {
    return extract.equals("none") ? List.of(extract) : List.of("none", extract);
  }

  private void checkUnused(StagePlan plan) {
    if (noReuse && plan.stages().stream().anyMatch(stage -> stage.finished().isPresent())) {
      throw new WrongInputException(
          "--out %s holds verdicts of these already; with --no-reuse name another folder"
              .formatted(out));
    }
  }

  private static TableFolder table(List<StageOutcome> outcomes, int stage) {
    StageOutcome outcome = outcomes.get(stage);
    return new TableFolder(outcome.folder(), "", new Shards(outcome.manifest().shards()));
  }

  private static TeacherUse nobody(
      String job,
      String role,
      Engine engine,
      TableFolder requests,
      TableFolder replies,
      ReadReplies read) {
    throw new IllegalStateException(job + " asks where nobody is asked");
  }
}
