package org.seedwright.pipelines.story;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seedwright.decontaminate.Reason;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.stage.ContaminationHit;
import org.seedwright.pipelines.stage.DeduplicateStage;
import org.seedwright.pipelines.stage.NotSelected;
import org.seedwright.pipelines.stage.PoolEntry;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.story.Story.Event;
import org.seedwright.pipelines.story.Story.Step;

/** Follows a unit through the stages of a run. */
final class Journey {
  private static final String DATASET = "dataset";

  /** Reasons whose evidence begins with the id of the row that stays. */
  private static final Set<String> DUPLICATE =
      Stream.of(
              Reason.DUPLICATE,
              Reason.NEAR_DUPLICATE,
              Reason.DUPLICATE_SEED,
              Reason.DUPLICATE_INSTRUCTION,
              Reason.DUPLICATE_RESPONSE)
          .map(Reason::id)
          .collect(Collectors.toUnmodifiableSet());

  private final FinishedRun run;
  private final StageTables tables;

  Journey(FinishedRun run, StageTables tables) {
    this.run = run;
    this.tables = tables;
  }

  /** Returns what each stage that had the unit did with it, in order. */
  List<Step> of(String id) throws IOException {
    var steps = new ArrayList<Step>();
    for (FinishedStage stage : run.stages()) {
      step(stage, id).ifPresent(steps::add);
    }
    return steps;
  }

  private Optional<Step> step(FinishedStage stage, String id) throws IOException {
    Optional<Rejection> rejected = tables.find(stage, Rejection.TABLE, Rejection.class, id);
    if (rejected.isPresent()) {
      return Optional.of(
          step(
              stage,
              Event.REJECTED,
              Optional.of(rejected.get().reason()),
              Optional.of(rejected.get().evidence())));
    }
    if (tables.has(stage, "", id)) {
      return Optional.of(step(stage, Event.WENT_ON, Optional.empty(), Optional.empty()));
    }
    Optional<NotSelected> aside = tables.find(stage, NotSelected.TABLE, NotSelected.class, id);
    if (aside.isPresent()) {
      return Optional.of(
          step(stage, Event.NOT_SELECTED, Optional.empty(), Optional.of(aside.get().evidence())));
    }
    return tables
        .find(stage, PoolEntry.TABLE, PoolEntry.class, id)
        .map(
            entry ->
                step(
                    stage,
                    Event.CARRIED,
                    Optional.empty(),
                    Optional.of("no child took its place; tried " + entry.tried())));
  }

  private static Step step(
      FinishedStage stage, Event event, Optional<String> reason, Optional<String> evidence) {
    return new Step(
        stage.name(), stage.manifest().fingerprint().substring(0, 16), event, reason, evidence);
  }

  /** Returns the rejection of a unit, wherever it left. */
  Optional<Rejection> rejection(String id) throws IOException {
    for (FinishedStage stage : run.stages()) {
      Optional<Rejection> rejected = tables.find(stage, Rejection.TABLE, Rejection.class, id);
      if (rejected.isPresent()) {
        return rejected;
      }
    }
    return Optional.empty();
  }

  /** Returns a sample as the last stage that let it through has it. */
  Optional<Sample> sample(String id) throws IOException {
    Optional<Sample> last = Optional.empty();
    for (FinishedStage stage : run.stages()) {
      if (Chain.holdsSamples(stage.name())) {
        Optional<Sample> here = tables.find(stage, "", Sample.class, id);
        last = here.isPresent() ? here : last;
      }
    }
    return last;
  }

  static boolean inDataset(List<Step> steps) {
    return steps.stream()
        .anyMatch(step -> step.stage().equals(DATASET) && step.event() == Event.WENT_ON);
  }

  /**
   * Returns the last thing that happened to a unit, where a rejection outweighs what came after:
   * nothing does.
   */
  static Step last(List<Step> steps) {
    return steps.stream()
        .filter(step -> step.event() == Event.REJECTED)
        .findFirst()
        .orElseGet(() -> lastKept(steps));
  }

  private static Step lastKept(List<Step> steps) {
    return steps.get(steps.size() - 1);
  }

  /** Returns what became of a unit in the end. */
  Story.Fate fate(String id, List<Step> steps) throws IOException {
    Step last = last(steps);
    Optional<Story.Kept> kept = Optional.empty();
    if (last.reason().filter(DUPLICATE::contains).isPresent()) {
      kept =
          sample(DeduplicateStage.stays(last.evidence().orElseThrow()))
              .map(
                  sample ->
                      new Story.Kept(
                          sample.id(), sample.round(), sample.instruction(), sample.response()));
    }
    return new Story.Fate(last, inDataset(steps), kept, hits(id));
  }

  private List<Story.Hit> hits(String id) throws IOException {
    var hits = new ArrayList<Story.Hit>();
    for (FinishedStage stage : run.stages()) {
      if (stage.rows(ContaminationHit.TABLE) == 0) {
        continue;
      }
      Optional<Sample> row = sample(id);
      for (String hit : tables.idsWhere(stage, ContaminationHit.TABLE, "row_id", id)) {
        tables
            .find(stage, ContaminationHit.TABLE, ContaminationHit.class, hit)
            .ifPresent(found -> hits.add(hit(found, row)));
      }
    }
    hits.sort(
        java.util.Comparator.comparing(Story.Hit::column)
            .thenComparing(Story.Hit::start)
            .thenComparing(Story.Hit::benchmark)
            .thenComparing(Story.Hit::taskId));
    return hits;
  }

  private static Story.Hit hit(ContaminationHit hit, Optional<Sample> row) {
    String text =
        row.flatMap(
                sample ->
                    hit.column().equals("response")
                        ? sample.response()
                        : Optional.of(sample.instruction()))
            .orElse("");
    int end = Math.min(hit.end(), text.length());
    return new Story.Hit(
        hit.id(),
        hit.benchmark(),
        hit.taskId(),
        hit.part(),
        hit.test(),
        hit.column(),
        hit.start(),
        hit.end(),
        text.substring(Math.min(hit.start(), end), end));
  }
}
