package org.seedwright.pipelines.story;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stage of two runs, by its name.
 *
 * @param name of the stage
 * @param first the first run's, if that has it and has finished it
 * @param second the second run's, the same
 * @param relation what the one is to the other
 */
public record StagePair(
    String name, Optional<FinishedStage> first, Optional<FinishedStage> second, Relation relation) {

  /** What the stage of one run is to that of the other. */
  public enum Relation {
    /** One fingerprint: both are made of the same by the same code. */
    SHARED,
    /** Two fingerprints, and the same rows all the same. */
    EQUAL_ROWS,
    /** Two fingerprints and other rows. */
    DIFFERENT,
    /** The second run does not have it, or has not finished it. */
    ONLY_FIRST,
    /** The first run does not have it, or has not finished it. */
    ONLY_SECOND,
    /** Neither run has finished it. */
    UNFINISHED
  }

  /** Returns every stage of two runs, in the order of the first and then of the second. */
  public static List<StagePair> of(ChosenRun first, ChosenRun second) {
    var names =
        Stream.of(first, second)
            .flatMap(run -> run.record().fingerprints().keySet().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    var pairs = new ArrayList<StagePair>();
    for (String name : names) {
      Optional<FinishedStage> one = first.stage(name);
      Optional<FinishedStage> other = second.stage(name);
      pairs.add(new StagePair(name, one, other, relation(one, other)));
    }
    return pairs;
  }

  private static Relation relation(Optional<FinishedStage> first, Optional<FinishedStage> second) {
    if (first.isEmpty()) {
      return second.isEmpty() ? Relation.UNFINISHED : Relation.ONLY_SECOND;
    }
    if (second.isEmpty()) {
      return Relation.ONLY_FIRST;
    }
    var one = first.get().manifest();
    var other = second.get().manifest();
    if (one.fingerprint().equals(other.fingerprint())) {
      return Relation.SHARED;
    }
    return one.contentHash().equals(other.contentHash()) ? Relation.EQUAL_ROWS : Relation.DIFFERENT;
  }
}
