package org.seedwright.pipelines.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.evaluate.rows.InputFileException;
import org.seedwright.evaluate.rows.JsonRows;
import org.seedwright.pipelines.corpus.Container;
import org.seedwright.pipelines.corpus.CorpusException;
import org.seedwright.pipelines.corpus.DigestCache;
import org.seedwright.pipelines.corpus.InstructionFile;
import org.seedwright.pipelines.corpus.Listing;
import org.seedwright.pipelines.experiment.BranchConfig;
import org.seedwright.pipelines.experiment.DecontaminateConfig;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.ExperimentCell;
import org.seedwright.pipelines.experiment.SourceConfig;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.workspace.Workspace;

/**
 * The stages of an experiment in a workspace: which are there, which are to be computed. Both
 * {@code plan} and {@code run} start from it. Making it reads the sources' digests and the
 * benchmarks, and asks no teacher.
 *
 * @param experiment what is planned
 * @param workspace where
 * @param stages in an order in which each comes after those that it reads
 */
public record ExperimentPlan(
    Experiment experiment, Workspace workspace, List<PlannedStage> stages) {
  public ExperimentPlan {
    stages = List.copyOf(stages);
  }

  /**
   * Plans an experiment.
   *
   * @param digests cache of the digests of source files
   * @param data folder of benchmark files, if there is one
   * @throws org.seedwright.evaluate.benchmark.BenchmarkAbsentException if a benchmark is not there
   * @throws org.seedwright.evaluate.rows.InputFileException if one is not readable
   * @throws org.seedwright.pipelines.corpus.CorpusException if a source is not as declared
   * @throws org.seedwright.pipelines.workspace.DamagedStageException if a stage that is there lacks
   *     a file or part of one
   */
  public static ExperimentPlan of(
      Experiment experiment, Workspace workspace, Path digests, Optional<Path> data)
      throws IOException {
    return of(List.of(new ExperimentCell("", Map.of(), experiment)), workspace, digests, data)
        .get(0);
  }

  /**
   * Plans cells as {@link #of(Experiment, Workspace, Path, Optional)} does; a source or benchmark
   * that several have is read once.
   *
   * @return the plans, in the order of the cells
   */
  static List<ExperimentPlan> of(
      List<ExperimentCell> cells, Workspace workspace, Path digests, Optional<Path> data)
      throws IOException {
    var texts = new HashMap<DecontaminateConfig, List<BenchmarkText>>();
    var listed = new HashMap<Map.Entry<String, SourceConfig>, List<Container>>();
    DigestCache cache = DigestCache.open(digests);
    var plans = new ArrayList<ExperimentPlan>();
    for (ExperimentCell cell : cells) {
      Experiment experiment = cell.experiment();
      if (!texts.containsKey(experiment.decontaminate())) {
        texts.put(experiment.decontaminate(), texts(experiment, data));
      }
      var inputs = new LinkedHashMap<String, BranchInputs>();
      for (var branch : experiment.mixed().entrySet()) {
        inputs.put(branch.getKey(), inputs(experiment, branch.getValue(), listed, cache));
      }
      List<Stage> stages =
          ExperimentStages.of(
              experiment, inputs, texts.get(experiment.decontaminate()), cell.subset());
      plans.add(
          new ExperimentPlan(
              experiment,
              workspace,
              StagePlan.of(workspace, experiment.shards(), stages).stages()));
    }
    cache.save();
    return List.copyOf(plans);
  }

  private static BranchInputs inputs(
      Experiment experiment,
      BranchConfig branch,
      Map<Map.Entry<String, SourceConfig>, List<Container>> listed,
      DigestCache cache)
      throws IOException {
    var listings = new LinkedHashMap<String, List<Container>>();
    for (String name : branch.readsCode() ? branch.seeds().from() : List.<String>of()) {
      var source = Map.entry(name, experiment.sources().get(name));
      if (!listed.containsKey(source)) {
        listed.put(source, listing(name, source.getValue(), cache));
      }
      listings.put(name, listed.get(source));
    }
    var given = new ArrayList<InstructionFile>();
    branch
        .instructions()
        .ifPresent(
            config -> {
              given.add(InstructionFile.of(config.path(), cache));
              config.rounds().forEach(path -> given.add(InstructionFile.of(path, cache)));
            });
    return new BranchInputs(listings, given, tasks(branch));
  }

  private static List<String> tasks(BranchConfig branch) {
    var tasks = new ArrayList<String>();
    branch
        .instruct()
        .selfInstruct()
        .ifPresent(
            config -> {
              JsonRows.read(
                  config.tasks(),
                  row -> {
                    if (row.text("instruction").isBlank()) {
                      throw row.wrong("instruction", "is blank");
                    }
                    tasks.add(row.text("instruction").strip());
                  });
              if (tasks.isEmpty()) {
                throw InputFileException.inFile(config.tasks(), "has no task");
              }
            });
    return tasks;
  }

  private static List<Container> listing(String name, SourceConfig source, DigestCache cache)
      throws IOException {
    List<Container> files = Listing.of(name, source, cache);
    if (files.isEmpty()) {
      throw new CorpusException(
          "source %s: %s has no %s%s"
              .formatted(
                  name,
                  source.path(),
                  switch (source.kind()) {
                    case FOLDER, GIT -> "files";
                    case ARCHIVE -> "archives";
                    case ROWS -> "JSON lines or Parquet files";
                  },
                  source.include().isEmpty() || source.holdsMembers()
                      ? ""
                      : " that match include " + source.include()));
    }
    return files;
  }

  /** Returns the stages alone. */
  StagePlan stagePlan() {
    return new StagePlan(workspace, experiment.shards(), stages);
  }

  private static List<BenchmarkText> texts(Experiment experiment, Optional<Path> data) {
    var texts = new ArrayList<BenchmarkText>();
    for (DecontaminateConfig.Against against : experiment.decontaminate().against()) {
      texts.addAll(
          against.file().isPresent()
              ? BenchmarkTexts.ofFile(against.file().get())
              : BenchmarkTexts.ofBenchmark(against.benchmark().orElseThrow(), data));
    }
    return texts;
  }
}
