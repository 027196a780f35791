package org.seedwright.pipelines.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seedwright.evolve.evol.Heuristic;
import org.seedwright.evolve.evol.Heuristics;
import org.seedwright.evolve.seed.PermissiveLicenses;
import org.seedwright.pipelines.corpus.CorpusColumns;
import org.seedwright.pipelines.corpus.InstructionFile;
import org.seedwright.pipelines.corpus.Listing;
import org.seedwright.pipelines.experiment.BranchConfig;
import org.seedwright.pipelines.experiment.EvolveConfig;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.HeuristicsConfig;
import org.seedwright.pipelines.experiment.InstructionsConfig;
import org.seedwright.pipelines.experiment.SeedsConfig;
import org.seedwright.pipelines.experiment.SelfInstructConfig;
import org.seedwright.pipelines.experiment.SourceConfig;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.stage.DrawExamples;
import org.seedwright.pipelines.stage.EvolveRound;
import org.seedwright.pipelines.stage.ImportInstructions;
import org.seedwright.pipelines.stage.InstructSeeds;
import org.seedwright.pipelines.stage.InstructTasks;
import org.seedwright.pipelines.stage.MergeRounds;
import org.seedwright.pipelines.stage.ReadSources;
import org.seedwright.pipelines.stage.RespondRound;
import org.seedwright.pipelines.stage.RoleTeacher;
import org.seedwright.pipelines.stage.SeedsStage;
import org.seedwright.pipelines.stage.Stage;

/**
 * The stages of one branch, from what it starts from to the union of its rounds, named as if the
 * branch were alone.
 *
 * @param name of the branch, written into its rows
 */
record BranchStages(Experiment experiment, String name, BranchConfig config, BranchInputs inputs) {

  /** Returns the stages in an order in which each comes after those that it reads. */
  List<Stage> all() {
    var stages = new ArrayList<Stage>();
    Optional<SelfInstructConfig> selfInstruct = config.instruct().selfInstruct();
    List<InstructionFile> given = inputs.given();
    if (!given.isEmpty()) {
      stages.add(imported(0, given.get(0)));
    } else if (selfInstruct.isPresent()) {
      stages.addAll(selfInstruct(selfInstruct.get()));
    } else {
      stages.add(sources());
      stages.add(seeds());
      stages.add(new InstructSeeds(name, teacher(TeacherRole.INSTRUCT)));
    }
    Optional<EvolveConfig> evolve = config.evolve();
    Heuristics heuristics =
        evolve.map(chosen -> heuristics(chosen.heuristics())).orElseGet(Heuristics::code);
    boolean rules =
        evolve.map(chosen -> chosen.eliminate() != EvolveConfig.Elimination.NONE).orElse(false);
    boolean judged =
        evolve
            .map(chosen -> chosen.eliminate() == EvolveConfig.Elimination.RULES_AND_JUDGE)
            .orElse(false);
    int imported = Math.max(0, given.size() - 1);
    List<Integer> merged =
        evolve
            .map(EvolveConfig::mergedRounds)
            .orElseGet(() -> IntStream.rangeClosed(0, imported).boxed().toList());
    // A round after the last one that is merged would be paid for and in no data set.
    int rounds = merged.get(merged.size() - 1);
    boolean again = config.respond().again();
    for (int round = 0; round <= rounds; round++) {
      if (round > 0 && round <= imported) {
        stages.add(imported(round, given.get(round)));
        continue;
      }
      if (round > 0) {
        stages.add(
            new EvolveRound(
                round,
                experiment.seed(),
                heuristics,
                teacher(TeacherRole.EVOLVE),
                judged ? Optional.of(teacher(TeacherRole.JUDGE)) : Optional.empty()));
      }
      stages.add(
          new RespondRound(
              round,
              experiment.seed(),
              heuristics,
              teacher(TeacherRole.RESPOND),
              round == 0 && again,
              // Round 0 eliminates nothing where it asks nothing.
              rules && (round > 0 || again || selfInstruct.isPresent())));
    }
    stages.add(new MergeRounds(merged));
    return List.copyOf(stages);
  }

  private ImportInstructions imported(int round, InstructionFile file) {
    InstructionsConfig given = config.instructions().orElseThrow();
    return new ImportInstructions(
        name,
        round,
        experiment.seed(),
        given.layout(),
        given.language(),
        given.license(),
        round == 0 ? given.count() : Optional.empty(),
        round == 0 ? given.path() : given.rounds().get(round - 1),
        file);
  }

  private List<Stage> selfInstruct(SelfInstructConfig chosen) {
    List<String> tasks = inputs.tasks();
    return List.of(
        new DrawExamples(experiment.seed(), chosen.requests(), chosen.examples(), tasks),
        new InstructTasks(
            name,
            chosen.perRequest(),
            chosen.gates(),
            chosen.maxRougeL(),
            chosen.language(),
            chosen.license(),
            String.valueOf(chosen.tasks().getFileName()),
            tasks,
            teacher(TeacherRole.INSTRUCT)));
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

  private ReadSources sources() {
    var sources = new LinkedHashMap<String, ReadSources.Source>();
    for (String from : config.seeds().from()) {
      SourceConfig source = experiment.sources().get(from);
      sources.put(
          from,
          new ReadSources.Source(
              Listing.folder(source),
              source.maxFileBytes(),
              // What is listed is filtered already where every file is a unit.
              source.holdsMembers() ? source.include() : List.of(),
              new ReadSources.Exclude(
                  source.exclude().repositories(),
                  source.exclude().owners(),
                  source.exclude().paths()),
              source.languages(),
              source.filters() == SourceConfig.Filters.BIGCODE,
              new CorpusColumns(source.columns()),
              inputs.listings().get(from)));
    }
    return new ReadSources(sources);
  }

  private SeedsStage seeds() {
    SeedsConfig seeds = config.seeds();
    return new SeedsStage(
        experiment.seed(),
        seeds.minLines(),
        seeds.maxLines(),
        seeds.perFile(),
        seeds.count().total(),
        seeds.count().byLanguage(),
        seeds.degenerate() == SeedsConfig.Degenerate.REJECT,
        seeds.licenses().stream()
            .flatMap(
                license ->
                    license.equals(SeedsConfig.PERMISSIVE)
                        ? PermissiveLicenses.ids().stream()
                        : Stream.of(license))
            .distinct()
            .toList());
  }

  private RoleTeacher teacher(TeacherRole role) {
    TeacherConfig asked = experiment.teacher(role);
    return new RoleTeacher(
        role.id(),
        asked.model(),
        asked.temperature(),
        asked.topP(),
        asked.seed(),
        List.of(),
        asked.maxOutputTokens());
  }
}
