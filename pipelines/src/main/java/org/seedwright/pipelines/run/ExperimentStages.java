package org.seedwright.pipelines.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seedwright.decontaminate.benchmark.BenchmarkSearch;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.decontaminate.dedup.Ignoring;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.evolve.evol.Heuristic;
import org.seedwright.evolve.evol.Heuristics;
import org.seedwright.evolve.seed.PermissiveLicenses;
import org.seedwright.pipelines.corpus.Container;
import org.seedwright.pipelines.corpus.CorpusColumns;
import org.seedwright.pipelines.corpus.InstructionFile;
import org.seedwright.pipelines.corpus.Listing;
import org.seedwright.pipelines.experiment.DecontaminateConfig;
import org.seedwright.pipelines.experiment.DeduplicateConfig;
import org.seedwright.pipelines.experiment.EvolveConfig;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.HeuristicsConfig;
import org.seedwright.pipelines.experiment.InstructionsConfig;
import org.seedwright.pipelines.experiment.SeedsConfig;
import org.seedwright.pipelines.experiment.SelfInstructConfig;
import org.seedwright.pipelines.experiment.SourceConfig;
import org.seedwright.pipelines.experiment.SubsetConfig;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.stage.DecontaminateStage;
import org.seedwright.pipelines.stage.DeduplicateStage;
import org.seedwright.pipelines.stage.DrawExamples;
import org.seedwright.pipelines.stage.EvolveRound;
import org.seedwright.pipelines.stage.ImportInstructions;
import org.seedwright.pipelines.stage.InstructSeeds;
import org.seedwright.pipelines.stage.InstructTasks;
import org.seedwright.pipelines.stage.MergeRounds;
import org.seedwright.pipelines.stage.ReadSources;
import org.seedwright.pipelines.stage.Representative;
import org.seedwright.pipelines.stage.RespondRound;
import org.seedwright.pipelines.stage.RoleTeacher;
import org.seedwright.pipelines.stage.SeedsStage;
import org.seedwright.pipelines.stage.SelectSubset;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.stage.WriteDataset;

/** The list of stages that an experiment asks for: a pure function of the experiment. */
final class ExperimentStages {
  private static final String BRANCH = "main";

  private ExperimentStages() {}

  /**
   * Returns the stages in an order in which each comes after those that it reads.
   *
   * @param listings what each source holds
   * @param given the files of instructions by round; empty where sources are read
   * @param tasks instructions of the seed tasks, where instructions are made of them
   * @param texts the benchmark texts to decontaminate against
   * @param subset what of the data set is kept, where it is not all
   */
  static List<Stage> of(
      Experiment experiment,
      Map<String, List<Container>> listings,
      List<InstructionFile> given,
      List<String> tasks,
      List<BenchmarkText> texts,
      Optional<SubsetConfig> subset) {
    var stages = new ArrayList<Stage>();
    Optional<SelfInstructConfig> selfInstruct = experiment.instruct().selfInstruct();
    if (!given.isEmpty()) {
      stages.add(imported(experiment, 0, given.get(0)));
    } else if (selfInstruct.isPresent()) {
      stages.addAll(selfInstruct(experiment, selfInstruct.get(), tasks));
    } else {
      stages.add(sources(experiment, listings));
      stages.add(seeds(experiment));
      stages.add(new InstructSeeds(BRANCH, teacher(experiment, TeacherRole.INSTRUCT)));
    }
    Optional<EvolveConfig> evolve = experiment.evolve();
    Heuristics heuristics =
        evolve.map(config -> heuristics(config.heuristics())).orElseGet(Heuristics::code);
    boolean rules =
        evolve.map(config -> config.eliminate() != EvolveConfig.Elimination.NONE).orElse(false);
    boolean judged =
        evolve
            .map(config -> config.eliminate() == EvolveConfig.Elimination.RULES_AND_JUDGE)
            .orElse(false);
    int imported = Math.max(0, given.size() - 1);
    List<Integer> merged =
        evolve
            .map(EvolveConfig::mergedRounds)
            .orElseGet(() -> IntStream.rangeClosed(0, imported).boxed().toList());
    // A round after the last one that is merged would be paid for and in no data set.
    int rounds = merged.get(merged.size() - 1);
    boolean again = experiment.respond().again();
    for (int round = 0; round <= rounds; round++) {
      if (round > 0 && round <= imported) {
        stages.add(imported(experiment, round, given.get(round)));
        continue;
      }
      if (round > 0) {
        stages.add(
            new EvolveRound(
                round,
                experiment.seed(),
                heuristics,
                teacher(experiment, TeacherRole.EVOLVE),
                judged ? Optional.of(teacher(experiment, TeacherRole.JUDGE)) : Optional.empty()));
      }
      stages.add(
          new RespondRound(
              round,
              experiment.seed(),
              heuristics,
              teacher(experiment, TeacherRole.RESPOND),
              round == 0 && again,
              // Round 0 eliminates nothing where it asks nothing.
              rules && (round > 0 || again || selfInstruct.isPresent())));
    }
    stages.add(new MergeRounds(merged));
    stages.add(deduplicate(experiment.deduplicate()));
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
    stages.add(new WriteDataset(stages.get(stages.size() - 1).name()));
    return List.copyOf(stages);
  }

  private static ImportInstructions imported(
      Experiment experiment, int round, InstructionFile file) {
    InstructionsConfig config = experiment.instructions().orElseThrow();
    return new ImportInstructions(
        BRANCH,
        round,
        experiment.seed(),
        config.layout(),
        config.language(),
        config.license(),
        round == 0 ? config.count() : Optional.empty(),
        round == 0 ? config.path() : config.rounds().get(round - 1),
        file);
  }

  private static List<Stage> selfInstruct(
      Experiment experiment, SelfInstructConfig config, List<String> tasks) {
    return List.of(
        new DrawExamples(experiment.seed(), config.requests(), config.examples(), tasks),
        new InstructTasks(
            BRANCH,
            config.perRequest(),
            config.gates(),
            config.maxRougeL(),
            config.language(),
            config.license(),
            String.valueOf(config.tasks().getFileName()),
            tasks,
            teacher(experiment, TeacherRole.INSTRUCT)));
  }

  /** Always in one order: a draw goes by the place in it. */
  private static Heuristics heuristics(HeuristicsConfig config) {
    var all = new ArrayList<Heuristic>();
    if (!config.ids().isEmpty()) {
      all.addAll(Heuristics.builtIn().only(config.ids()).all());
    }
    config.own().stream()
        .map(HeuristicsConfig.Own::heuristic)
        .sorted(Comparator.comparing(Heuristic::id))
        .forEach(all::add);
    return Heuristics.of(all);
  }

  private static ReadSources sources(Experiment experiment, Map<String, List<Container>> listings) {
    var sources = new LinkedHashMap<String, ReadSources.Source>();
    for (String name : experiment.seeds().from()) {
      SourceConfig config = experiment.sources().get(name);
      sources.put(
          name,
          new ReadSources.Source(
              Listing.folder(config),
              config.maxFileBytes(),
              // What is listed is filtered already where every file is a unit.
              config.holdsMembers() ? config.include() : List.of(),
              new ReadSources.Exclude(
                  config.exclude().repositories(),
                  config.exclude().owners(),
                  config.exclude().paths()),
              config.languages(),
              config.filters() == SourceConfig.Filters.BIGCODE,
              new CorpusColumns(config.columns()),
              listings.get(name)));
    }
    return new ReadSources(sources);
  }

  private static SeedsStage seeds(Experiment experiment) {
    SeedsConfig config = experiment.seeds();
    return new SeedsStage(
        experiment.seed(),
        config.minLines(),
        config.maxLines(),
        config.perFile(),
        config.count().total(),
        config.count().byLanguage(),
        config.degenerate() == SeedsConfig.Degenerate.REJECT,
        config.licenses().stream()
            .flatMap(
                license ->
                    license.equals(SeedsConfig.PERMISSIVE)
                        ? PermissiveLicenses.ids().stream()
                        : Stream.of(license))
            .distinct()
            .toList());
  }

  private static DeduplicateStage deduplicate(DeduplicateConfig config) {
    return new DeduplicateStage(
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

  private static RoleTeacher teacher(Experiment experiment, TeacherRole role) {
    TeacherConfig config = experiment.teacher(role);
    return new RoleTeacher(
        role.id(),
        config.model(),
        config.temperature(),
        config.topP(),
        config.seed(),
        List.of(),
        config.maxOutputTokens());
  }
}
