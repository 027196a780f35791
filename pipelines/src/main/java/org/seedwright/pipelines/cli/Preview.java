package org.seedwright.pipelines.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.seed.Origin;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.stage.Branch;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.story.FinishedStage;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/**
 * What became of the few seeds of a preview. All of it is held at once: there are at most {@value
 * #MOST_SEEDS} seeds.
 *
 * @param seeds by their ids
 */
record Preview(List<Seed> seeds) {
  /** Seeds where no number is given. */
  static final int SEEDS = 10;

  static final int MOST_SEEDS = 1000;

  private static final ObjectMapper JSON = new ObjectMapper();

  Preview {
    seeds = List.copyOf(seeds);
  }

  /**
   * A seed.
   *
   * @param turns what was made of it, by rounds
   */
  record Seed(String id, Origin origin, String language, String code, List<Turn> turns) {
    Seed {
      turns = List.copyOf(turns);
    }
  }

  /**
   * An instruction, or what became none.
   *
   * @param instruction absent where the reply held none
   * @param response absent where there is none, or none that could be read
   * @param rejection absent where it is in the data set
   */
  record Turn(
      String branch,
      int round,
      String id,
      Optional<String> heuristic,
      Optional<String> instruction,
      Optional<String> response,
      Optional<Left> rejection) {}

  /**
   * Why something is not in the data set.
   *
   * @param reply what the teacher said last, where that led to it
   */
  record Left(String stage, String reason, String evidence, Optional<String> reply) {}

  /**
   * Returns the name under which the preview of a run is recorded; no experiment can be so called.
   */
  static String run(String experiment) {
    return experiment + ".preview";
  }

  /** Reads it from the stages of a run. */
  static Preview of(List<StageOutcome> outcomes) throws IOException {
    List<FinishedStage> stages =
        outcomes.stream()
            .map(outcome -> new FinishedStage(Path.of(outcome.folder()), outcome.manifest()))
            .toList();
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    Map<String, Left> left = new LinkedHashMap<>();
    Set<String> accepted = new HashSet<>();
    Map<String, SeedSnippet> seeds = new LinkedHashMap<>();
    Set<Branch> drawn = new HashSet<>();
    for (FinishedStage stage : stages) {
      Branch branch = Branch.of(stage.name());
      String step = Branch.step(stage.name());
      if (step.equals("seeds")) {
        drawn.add(branch);
        rows(stage, "", SeedSnippet.class).forEach(seed -> seeds.put(seed.id(), seed));
      } else if (step.equals("instruct") && !drawn.contains(branch)) {
        // A given instruction is its own seed.
        rows(stage, "", Sample.class).forEach(sample -> seeds.put(sample.id(), seed(sample)));
      }
      if (step.startsWith("respond-")) {
        for (Sample sample : rows(stage, "", Sample.class)) {
          accepted.add(sample.id());
          turns.computeIfAbsent(sample.rootSeedId(), key -> new ArrayList<>()).add(turn(sample));
        }
      }
      for (Rejection rejection : rows(stage, Rejection.TABLE, Rejection.class)) {
        left.put(rejection.id(), left(stage, rejection));
        if (rejection.rootSeedId().isPresent() && !accepted.contains(rejection.id())) {
          turns
              .computeIfAbsent(rejection.rootSeedId().get(), key -> new ArrayList<>())
              .add(turn(branch, rejection));
        }
      }
    }
    return new Preview(
        seeds.values().stream()
            .sorted(Comparator.comparing(SeedSnippet::id))
            .map(seed -> seed(seed, turns.getOrDefault(seed.id(), List.of()), left))
            .toList());
  }

  private static SeedSnippet seed(Sample given) {
    return new SeedSnippet(
        given.id(), given.id(), 0, given.language(), given.origin(), given.instruction());
  }

  private static Seed seed(SeedSnippet seed, List<Turn> turns, Map<String, Left> left) {
    return new Seed(
        seed.id(),
        seed.origin(),
        seed.language(),
        seed.code(),
        turns.stream()
            .sorted(Comparator.comparing(Turn::branch).thenComparing(Turn::round))
            .map(
                turn ->
                    new Turn(
                        turn.branch(),
                        turn.round(),
                        turn.id(),
                        turn.heuristic(),
                        turn.instruction(),
                        turn.response(),
                        Optional.ofNullable(left.get(turn.id()))))
            .toList());
  }

  private static Turn turn(Sample sample) {
    return new Turn(
        sample.branch(),
        sample.round(),
        sample.id(),
        sample.heuristic(),
        Optional.of(sample.instruction()),
        sample.response(),
        Optional.empty());
  }

  private static Turn turn(Branch branch, Rejection rejection) throws IOException {
    Optional<String> instruction = Optional.empty();
    if (rejection.row().isPresent()) {
      var row = JSON.readTree(rejection.row().get()).path("instruction");
      instruction = row.isTextual() ? Optional.of(row.textValue()) : Optional.empty();
    }
    return new Turn(
        branch.name(),
        rejection.round(),
        rejection.id(),
        rejection.heuristic(),
        instruction,
        Optional.empty(),
        Optional.empty());
  }

  private static Left left(FinishedStage stage, Rejection rejection) {
    return new Left(stage.name(), rejection.reason(), rejection.evidence(), rejection.reply());
  }

  private static <T extends Record> List<T> rows(FinishedStage stage, String table, Class<T> type)
      throws IOException {
    stage.requireUnaltered(stage.parts(table));
    var rows = new ArrayList<T>();
    if (stage.rows(table) > 0) {
      var folder =
          new TableFolder(
              stage.folder().toString(),
              table.isEmpty() ? "" : table + "/",
              new Shards(stage.manifest().shards()));
      for (int shard : folder.shards().numbers()) {
        try (var part = folder.open(Table.of(type), shard)) {
          part.forEachRemaining(rows::add);
        }
      }
    }
    return rows;
  }
}
