package org.seedwright.pipelines.story;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.stage.NotSelected;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.table.CanonicalJson;

/** Tells of the rows between a seed and a row, and of what was made of either. */
final class Lineage {
  /**
   * No chain is longer: an experiment has at most a few rounds, and a parent is of an earlier one.
   */
  private static final int LONGEST = 1000;

  private final FinishedRun run;
  private final StageTables tables;
  private final Journey journey;
  private final Calls calls;

  Lineage(FinishedRun run, StageTables tables, Journey journey) {
    this.run = run;
    this.tables = tables;
    this.journey = journey;
    this.calls = new Calls(run, tables);
  }

  /** What a row names as its own past, whether it is a sample or never became one. */
  private record Past(
      Optional<String> rootSeedId,
      Optional<String> parentId,
      int round,
      Optional<String> heuristic) {}

  /** Returns the id of the seed at the root of a row, where the row names one. */
  Optional<String> root(String id) throws IOException {
    return past(id).flatMap(Past::rootSeedId);
  }

  /** Returns the rows from the first instruction to this one. */
  List<Story.Row> of(String id) throws IOException {
    var rows = new ArrayList<Story.Row>();
    Optional<String> next = Optional.of(id);
    while (next.isPresent() && rows.size() < LONGEST) {
      Optional<Past> past = past(next.get());
      if (past.isEmpty()) {
        break;
      }
      rows.add(0, row(next.get(), past.get()));
      // Before evolution the parent, where one is named, is no row.
      next = past.get().round() == 0 ? Optional.empty() : past.get().parentId();
    }
    return rows;
  }

  private Optional<Past> past(String id) throws IOException {
    Optional<Sample> sample = journey.sample(id);
    if (sample.isPresent()) {
      Sample row = sample.get();
      return Optional.of(
          new Past(Optional.of(row.rootSeedId()), row.parentId(), row.round(), row.heuristic()));
    }
    return journey
        .rejection(id)
        .map(
            rejection ->
                new Past(
                    rejection.rootSeedId(),
                    rejection.parentId(),
                    rejection.round(),
                    rejection.heuristic()));
  }

  private Story.Row row(String id, Past past) throws IOException {
    Optional<Sample> sample = journey.sample(id);
    Optional<Rejection> rejection = journey.rejection(id);
    String madeFrom = past.round() == 0 ? past.rootSeedId().orElse("") : past.parentId().orElse("");
    return new Story.Row(
        id,
        past.round() == 0 ? Optional.empty() : past.parentId(),
        past.round(),
        past.heuristic(),
        sample.map(Sample::branch).or(() -> text(rejection, "branch")),
        sample.map(Sample::task).or(() -> text(rejection, "task")),
        sample.map(Sample::instruction).or(() -> text(rejection, "instruction")),
        sample.flatMap(Sample::response).or(() -> text(rejection, "response")),
        sample.map(row -> CanonicalJson.kebabCase(row.mark())).or(() -> text(rejection, "mark")),
        calls.of(id, madeFrom, past.round()),
        journey.of(id));
  }

  private static Optional<String> text(Optional<Rejection> rejection, String component) {
    return rejection.flatMap(row -> Calls.text(row, component));
  }

  /** Returns what evolution made of a row. */
  List<Story.Child> childrenOfRow(String id) throws IOException {
    var children = new ArrayList<Story.Child>();
    for (FinishedStage stage : run.stages()) {
      if (Chain.evolves(stage.name())) {
        addChildren(stage, "parent_id", id, Story.Kind.ROW, children);
      }
    }
    return children;
  }

  /** Returns the instruction that was made of a seed. */
  List<Story.Child> childrenOfSeed(String id) throws IOException {
    var children = new ArrayList<Story.Child>();
    for (FinishedStage stage : run.stagesOf(Chain.INSTRUCT)) {
      addChildren(stage, "root_seed_id", id, Story.Kind.ROW, children);
    }
    return children;
  }

  /** Returns the seeds that were drawn from a file. */
  List<Story.Child> childrenOfDocument(String id) throws IOException {
    var children = new ArrayList<Story.Child>();
    var seeds = new LinkedHashSet<String>();
    for (FinishedStage stage : run.stagesOf(Chain.SEEDS)) {
      seeds.addAll(tables.idsWhere(stage, "", "document_id", id));
      for (String table : List.of(Rejection.TABLE, NotSelected.TABLE)) {
        seeds.addAll(tables.idsWhere(stage, table, "parent_id", id));
      }
    }
    for (String seed : seeds) {
      children.add(child(seed, Story.Kind.SEED));
    }
    return children;
  }

  private void addChildren(
      FinishedStage stage, String column, String id, Story.Kind kind, List<Story.Child> children)
      throws IOException {
    for (String table : List.of("", Rejection.TABLE)) {
      for (String child : tables.idsWhere(stage, table, column, id)) {
        children.add(child(child, kind));
      }
    }
  }

  private Story.Child child(String id, Story.Kind kind) throws IOException {
    List<Story.Step> steps = journey.of(id);
    Optional<Past> past = kind == Story.Kind.ROW ? past(id) : Optional.empty();
    return new Story.Child(
        id,
        kind,
        past.map(Past::round).orElse(0),
        past.flatMap(Past::heuristic),
        Journey.last(steps),
        Journey.inDataset(steps));
  }
}
