package org.seedwright.evolve.instruct;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.seed.Origin;

/**
 * A training example and everything that is known about how it came to be.
 *
 * @param id {@link org.seedwright.evolve.Identity#row}
 * @param rootSeedId id of the seed snippet or of the given instruction at the root of its lineage
 * @param parentId id of the row it was made from; an evolved sample has one, unless it was evolved
 *     elsewhere and its lineage is unknown
 * @param branch name of the branch in the experiment
 * @param round 0 before evolution
 * @param heuristic {@code id@version}; where there is a parent there is one
 * @param task generation, summary, translation or repair
 * @param language of the seed
 * @param origin of the seed
 * @param instruction what is asked; not blank
 * @param response what is answered; not blank, empty while nobody answered
 * @param calls the replies behind it, oldest first
 * @param mark what made those replies
 * @param phase of the training that it is for, from 1; empty where there is one only
 */
public record Sample(
    String id,
    String rootSeedId,
    Optional<String> parentId,
    String branch,
    int round,
    Optional<String> heuristic,
    String task,
    String language,
    Origin origin,
    String instruction,
    Optional<String> response,
    List<TeacherCall> calls,
    Mark mark,
    Optional<Integer> phase) {
  public Sample {
    if (id.isBlank() || rootSeedId.isBlank()) {
      throw new IllegalArgumentException(
          "a sample needs an id and a root seed, but has '%s' and '%s'".formatted(id, rootSeedId));
    }
    if (round < 0) {
      throw new IllegalArgumentException(
          "round of sample %s must be at least 0, but was %d".formatted(id, round));
    }
    if (round > 0 && parentId.isEmpty() != heuristic.isEmpty()) {
      throw new IllegalArgumentException(
          "sample %s of round %d must name both its parent and its heuristic, or neither"
              .formatted(id, round));
    }
    requireNonNull(parentId, "parentId is null");
    requireNonNull(heuristic, "heuristic is null");
    requireNonNull(branch, "branch is null");
    requireNonNull(task, "task is null");
    requireNonNull(language, "language is null");
    requireNonNull(origin, "origin is null");
    if (instruction.isBlank()) {
      throw new IllegalArgumentException("sample %s has no instruction".formatted(id));
    }
    if (response.isPresent() && response.get().isBlank()) {
      throw new IllegalArgumentException("the response of sample %s is blank".formatted(id));
    }
    calls = List.copyOf(calls);
    requireNonNull(mark, "mark is null");
    if (phase.isPresent() && phase.get() < 1) {
      throw new IllegalArgumentException(
          "phase of sample %s must be at least 1, but was %d".formatted(id, phase.get()));
    }
  }
}
