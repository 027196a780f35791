package org.seedwright.pipelines.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.decontaminate.benchmark.BenchmarkSearch;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.decontaminate.dedup.Ignoring;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.pipelines.experiment.DecontaminateConfig;
import org.seedwright.pipelines.experiment.DeduplicateConfig;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.MixConfig;
import org.seedwright.pipelines.experiment.SubsetConfig;
import org.seedwright.pipelines.stage.Branch;
import org.seedwright.pipelines.stage.DecontaminateStage;
import org.seedwright.pipelines.stage.DeduplicateStage;
import org.seedwright.pipelines.stage.InBranch;
import org.seedwright.pipelines.stage.MixBranches;
import org.seedwright.pipelines.stage.ReadSources;
import org.seedwright.pipelines.stage.Representative;
import org.seedwright.pipelines.stage.SelectSubset;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.stage.WriteDataset;

/** The list of stages that an experiment asks for: a pure function of the experiment. */
final class ExperimentStages {
  private ExperimentStages() {}

  /**
   * Returns the stages in an order in which each comes after those that it reads.
   *
   * @param inputs what is read for each branch, by its name
   * @param texts the benchmark texts to decontaminate against
   * @param subset what of the data set is kept, where it is not all
   */
  static List<Stage> of(
      Experiment experiment,
      Map<String, BranchInputs> inputs,
      List<BenchmarkText> texts,
      Optional<SubsetConfig> subset) {
    var stages = new ArrayList<Stage>(branches(experiment, inputs));
    Optional<MixBranches> mix = experiment.mix().map(config -> mix(experiment.seed(), config));
    mix.ifPresent(stages::add);
    stages.add(deduplicate(stages, experiment.deduplicate()));
    stages.add(
        new DecontaminateStage(
            experiment.decontaminate().against().stream()
                .map(DecontaminateConfig.Against::toString)
                .toList(),
            texts,
            tests(experiment.decontaminate())));
    subset.ifPresent(
        config ->
            stages.add(
                new SelectSubset(
                    experiment.seed(), config.round(), config.language(), config.rows())));
    stages.add(
        new WriteDataset(
            last(stages),
            mix.filter(MixBranches::phases).map(phased -> phased.parts().size()).orElse(0)));
    return List.copyOf(stages);
  }

  private static String last(List<Stage> stages) {
    return stages.get(stages.size() - 1).name();
  }

  private static List<Stage> branches(Experiment experiment, Map<String, BranchInputs> inputs) {
    var stages = new ArrayList<Stage>();
    Map<ReadSources, String> read = new HashMap<>();
    experiment
        .mixed()
        .forEach(
            (name, config) -> {
              var branch = new Branch(name);
              var elsewhere = new HashMap<String, String>();
              for (Stage stage :
                  new BranchStages(experiment, name, config, inputs.get(name)).all()) {
                var inside = new InBranch(branch, stage, elsewhere);
                if (stage instanceof ReadSources sources) {
                  // Branches that draw from the same sources read them once.
                  Optional<String> before =
                      Optional.ofNullable(read.putIfAbsent(sources, inside.name()));
                  before.ifPresent(other -> elsewhere.put(stage.name(), other));
                  if (before.isPresent()) {
                    continue;
                  }
                }
                stages.add(inside);
              }
            });
    return stages;
  }

  private static MixBranches mix(long seed, MixConfig config) {
    return new MixBranches(
        seed,
        config.parts().stream()
            .map(part -> new MixBranches.Part(new Branch(part.branch()), part.weight()))
            .toList(),
        config.order() == MixConfig.Order.PHASES);
  }

  private static DeduplicateStage deduplicate(List<Stage> before, DeduplicateConfig config) {
    return new DeduplicateStage(
        last(before),
        config.columns().contains(DeduplicateConfig.Column.SEED)
            ? before.stream()
                .map(Stage::name)
                .filter(stage -> Branch.step(stage).equals("seeds"))
                .toList()
            : List.of(),
        config.columns().stream().map(DeduplicateConfig.Column::id).toList(),
        switch (config.method()) {
          case EXACT ->
              new DeduplicateStage.Exact(
                  config.equal() == DeduplicateConfig.Equal.ANY, ignoring(config.ignore()));
          case MINHASH ->
              new DeduplicateStage.Near(
                  NearSettings.of(config.threshold(), config.words(), config.permutations()),
                  representative(config.keep()));
        });
  }

  private static Ignoring ignoring(DeduplicateConfig.Ignore ignore) {
    return switch (ignore) {
      case WHITE_SPACE_AND_CASE -> Ignoring.WHITE_SPACE_AND_CASE;
      case WHITE_SPACE -> Ignoring.WHITE_SPACE;
    };
  }

  private static Representative representative(DeduplicateConfig.Keep keep) {
    return switch (keep) {
      case LOWEST_ROUND -> Representative.LOWEST_ROUND;
      case HIGHEST_ROUND -> Representative.HIGHEST_ROUND;
      case LONGEST -> Representative.LONGEST;
      case SHORTEST -> Representative.SHORTEST;
      case ANY -> Representative.ANY;
    };
  }

  private static BenchmarkSearch.Tests tests(DecontaminateConfig config) {
    return new BenchmarkSearch.Tests(
        config.tests().contains(DecontaminateConfig.Test.EXACT),
        config.tests().contains(DecontaminateConfig.Test.N_GRAM)
            ? Optional.of(new BenchmarkSearch.NGrams(config.words(), config.coverage()))
            : Optional.empty());
  }
}
