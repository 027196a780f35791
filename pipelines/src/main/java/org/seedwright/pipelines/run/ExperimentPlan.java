package org.seedwright.pipelines.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.evaluate.benchmark.BenchmarkFile;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.Problem;
import org.seedwright.evaluate.benchmark.ProblemTexts;
import org.seedwright.pipelines.corpus.Container;
import org.seedwright.pipelines.corpus.CorpusException;
import org.seedwright.pipelines.corpus.DigestCache;
import org.seedwright.pipelines.corpus.InstructionFile;
import org.seedwright.pipelines.corpus.Listing;
import org.seedwright.pipelines.experiment.DecontaminateConfig;
import org.seedwright.pipelines.experiment.Experiment;
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
    List<BenchmarkText> texts = texts(experiment, data);
    var listings = new LinkedHashMap<String, List<Container>>();
    DigestCache cache = DigestCache.open(digests);
    for (String name : experiment.seeds().from()) {
      SourceConfig source = experiment.sources().get(name);
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
      listings.put(name, files);
    }
    var given = new ArrayList<InstructionFile>();
    experiment
        .instructions()
        .ifPresent(
            config -> {
              given.add(InstructionFile.of(config.path(), cache));
              config.rounds().forEach(path -> given.add(InstructionFile.of(path, cache)));
            });
    cache.save();
    return of(experiment, workspace, ExperimentStages.of(experiment, listings, given, texts));
  }

  private static ExperimentPlan of(Experiment experiment, Workspace workspace, List<Stage> stages)
      throws IOException {
    return new ExperimentPlan(
        experiment, workspace, StagePlan.of(workspace, experiment.shards(), stages).stages());
  }

  /** Returns the stages alone. */
  StagePlan stagePlan() {
    return new StagePlan(workspace, experiment.shards(), stages);
  }

  private static List<BenchmarkText> texts(Experiment experiment, Optional<Path> data) {
    var texts = new ArrayList<BenchmarkText>();
    for (DecontaminateConfig.Against against : experiment.decontaminate().against()) {
      List<Problem> problems =
          against.file().isPresent()
              ? BenchmarkFile.read(against.file().get())
              : Benchmarks.named(against.benchmark().orElseThrow()).problems(data);
      for (Problem problem : problems) {
        ProblemTexts.of(problem)
            .forEach(
                text ->
                    texts.add(
                        new BenchmarkText(
                            problem.benchmark(), problem.taskId(), text.part().id(), text.text())));
      }
    }
    return texts;
  }
}
