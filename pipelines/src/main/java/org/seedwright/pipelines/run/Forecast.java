package org.seedwright.pipelines.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seedwright.pipelines.stage.DrawExamples;
import org.seedwright.pipelines.stage.EvolveRound;
import org.seedwright.pipelines.stage.ImportInstructions;
import org.seedwright.pipelines.stage.InBranch;
import org.seedwright.pipelines.stage.InstructSeeds;
import org.seedwright.pipelines.stage.InstructTasks;
import org.seedwright.pipelines.stage.PoolEntry;
import org.seedwright.pipelines.stage.ReadSources;
import org.seedwright.pipelines.stage.RespondRound;
import org.seedwright.pipelines.stage.RoleTeacher;
import org.seedwright.pipelines.stage.SeedsStage;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.workspace.StageManifest;

/**
 * What a plan will ask. Exact where the stage that is read is finished; below a stage that is still
 * to be computed it is bounded by what can come out of it at most.
 */
public final class Forecast {
  /**
   * The requests of one stage to one role, before the store is looked into.
   *
   * @param teacher who is asked
   * @param requests how many
   */
  public record Asked(RoleTeacher teacher, Amount requests) {}

  /**
   * What is expected of one stage.
   *
   * @param units that come in
   * @param asked nothing where the stage is there or asks nobody
   */
  public record Expected(PlannedStage stage, Amount units, List<Asked> asked) {
    public Expected {
      asked = List.copyOf(asked);
    }
  }

  /** What comes out of a stage: rows, and those of its pool, where it has one. */
  private record Flow(Amount rows, Amount pool) {}

  private final Map<String, Flow> flows = new HashMap<>();

  /** Names of the stages that import what was made elsewhere. */
  private final Set<String> imports = new HashSet<>();

  /** Names of the stages of Self-Instruct, which bring instructions without responses. */
  private final Set<String> bare = new HashSet<>();

  private Forecast() {}

  /** Returns what is expected of each stage, in the plan's order. */
  public static List<Expected> of(ExperimentPlan plan) {
    var forecast = new Forecast();
    var expected = new ArrayList<Expected>();
    for (PlannedStage stage : plan.stages()) {
      expected.add(forecast.next(stage));
    }
    return expected;
  }

  private Expected next(PlannedStage planned) {
    Stage stage = planned.stage();
    if (InBranch.alone(stage) instanceof ImportInstructions) {
      imports.add(stage.name());
    }
    if (InBranch.alone(stage) instanceof InstructTasks) {
      bare.add(stage.name());
    }
    Optional<StageManifest> finished = planned.finished();
    if (finished.isPresent()) {
      StageManifest manifest = finished.get();
      flows.put(
          stage.name(),
          new Flow(
              Amount.exactly(manifest.units().out()),
              Amount.exactly(rows(manifest, PoolEntry.TABLE + "/"))));
      return new Expected(planned, Amount.exactly(manifest.units().attempted()), List.of());
    }
    Amount in = in(stage);
    flows.put(stage.name(), out(stage, in));
    return new Expected(planned, in, asked(stage, in));
  }

  private Amount in(Stage named) {
    Stage stage = InBranch.alone(named);
    if (stage instanceof ReadSources sources) {
      return sources.units().map(Amount::exactly).orElse(Amount.UNKNOWN);
    }
    if (stage instanceof ImportInstructions) {
      return Amount.UNKNOWN;
    }
    if (stage instanceof SeedsStage seeds) {
      return inputs(named).times(seeds.perFile());
    }
    if (stage instanceof DrawExamples draw) {
      return Amount.exactly(draw.requests());
    }
    if (stage instanceof InstructTasks tasks) {
      return inputs(named).times(tasks.wanted());
    }
    if (stage instanceof EvolveRound) {
      return flows.get(named.inputs().get(0)).pool();
    }
    if (stage instanceof RespondRound) {
      return rows(named.inputs().get(0));
    }
    return inputs(named);
  }

  private Amount inputs(Stage stage) {
    return stage.inputs().stream().map(this::rows).reduce(Amount.NONE, Amount::plus);
  }

  private Amount rows(String stage) {
    return flows.get(stage).rows();
  }

  private Flow out(Stage named, Amount in) {
    Stage stage = InBranch.alone(named);
    if (stage instanceof SeedsStage seeds) {
      long limit =
          seeds.byLanguage().isEmpty()
              ? seeds.total().map(Integer::longValue).orElse(Long.MAX_VALUE)
              : seeds.byLanguage().values().stream().mapToLong(Integer::longValue).sum();
      return new Flow(in.atMostOf(limit), Amount.NONE);
    }
    if (stage instanceof ImportInstructions given) {
      Amount rows = in.atMostOf(given.count().map(Integer::longValue).orElse(Long.MAX_VALUE));
      return new Flow(rows, rows);
    }
    if (stage instanceof DrawExamples) {
      return new Flow(in, Amount.NONE);
    }
    if (stage instanceof RespondRound round) {
      // A pool never grows: an accepted child takes its parent's place.
      Amount pool =
          round.round() == 0 ? in.atMostOf(in.most()) : flows.get(named.inputs().get(1)).pool();
      return new Flow(Amount.atMost(in.most()), pool);
    }
    return new Flow(Amount.atMost(in.most()), Amount.NONE);
  }

  private List<Asked> asked(Stage named, Amount in) {
    Stage stage = InBranch.alone(named);
    if (stage instanceof InstructTasks tasks) {
      return List.of(new Asked(tasks.teacher(), inputs(named)));
    }
    if (stage instanceof InstructSeeds instruct) {
      return List.of(new Asked(instruct.teacher(), in));
    }
    if (stage instanceof EvolveRound round) {
      var asked = new ArrayList<Asked>();
      asked.add(new Asked(round.teacher(), in));
      round.judge().ifPresent(judge -> asked.add(new Asked(judge, Amount.atMost(in.most()))));
      return asked;
    }
    if (stage instanceof RespondRound round) {
      String from = named.inputs().get(0);
      if (round.round() > 0 || round.again() || bare.contains(from)) {
        return List.of(new Asked(round.teacher(), in));
      }
      // What was made of seeds has its response; of given instructions some may lack it.
      return imports.contains(from)
          ? List.of(new Asked(round.teacher(), Amount.atMost(in.most())))
          : List.of();
    }
    return List.of();
  }

  private static long rows(StageManifest manifest, String prefix) {
    return manifest.files().stream()
        .filter(file -> file.file().startsWith(prefix))
        .mapToLong(StageManifest.FileEntry::rows)
        .sum();
  }
}
