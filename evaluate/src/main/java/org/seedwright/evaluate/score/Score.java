package org.seedwright.evaluate.score;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seedwright.evaluate.score.Interval.Observation;

/**
 * pass@k of a set of generations, the mean over its tasks.
 *
 * @param tests which tests counted
 * @param tasks how many tasks it is the mean of
 * @param samples how many generations they have together
 * @param passAtK pass@k by k; a k for which some task has too few generations is not there
 * @param interval the 95 % interval of pass@1
 */
public record Score(
    TestSet tests, int tasks, int samples, SortedMap<Integer, Double> passAtK, Interval interval) {
  public Score {
    passAtK = Collections.unmodifiableSortedMap(new TreeMap<>(passAtK));
    if (!passAtK.containsKey(1)) {
      throw new IllegalArgumentException("a score has pass@1");
    }
  }

  /** The mean over tasks of the share of generations that passed. */
  public double passAt1() {
    return passAtK.get(1);
  }

  /**
   * The score of these generations; their order does not matter. Of the wanted k those are left out
   * that exceed the generations of some task; 1 is always there.
   *
   * @throws ScoreBlockedException if the machine failed on one of them, or there is none
   * @throws IllegalArgumentException if a k is below 1, or a generation is there twice
   */
  public static Score of(TestSet tests, Collection<Judged> judged, Collection<Integer> ks) {
    SortedMap<String, Tally> tallies = tallies(tests, judged);
    int fewest = tallies.values().stream().mapToInt(Tally::n).min().orElseThrow();
    SortedMap<Integer, Double> passAtK = new TreeMap<>();
    TreeSet<Integer> wanted = new TreeSet<>(ks);
    wanted.add(1);
    for (int k : wanted) {
      if (k < 1) {
        throw new IllegalArgumentException("k must be 1 or more, but was %d".formatted(k));
      }
      if (k <= fewest) {
        passAtK.put(k, Observations.mean(observations(tallies.values(), k)));
      }
    }
    return new Score(
        tests,
        tallies.size(),
        judged.size(),
        passAtK,
        Interval.of(observations(tallies.values(), 1)));
  }

  private static List<Observation> observations(Collection<Tally> tallies, int k) {
    return Observations.sorted(
        tallies.stream()
            .map(t -> new Observation(t.family, PassAtK.estimate(t.n(), t.passed, k), t.n()))
            .toList());
  }

  private static SortedMap<String, Tally> tallies(TestSet tests, Collection<Judged> judged) {
    ScoreBlockedException.throwIfMachineFailed(judged);
    SortedMap<String, Tally> tallies = new TreeMap<>();
    for (Judged one : judged) {
      tallies
          .computeIfAbsent(one.taskId(), id -> new Tally(one.family()))
          .add(one, tests.passed(one.outcome()));
    }
    return tallies;
  }

  private static final class Tally {
    private final String family;
    private final Set<Integer> ordinals = new HashSet<>();
    private int passed;

    Tally(String family) {
      this.family = family;
    }

    void add(Judged one, boolean isPassed) {
      if (!one.family().equals(family)) {
        throw new IllegalArgumentException(
            "task %s is of family %s and of %s".formatted(one.taskId(), family, one.family()));
      }
      if (!ordinals.add(one.ordinal())) {
        throw new IllegalArgumentException(
            "generation %d of task %s is there twice".formatted(one.ordinal(), one.taskId()));
      }
      if (isPassed) {
        passed++;
      }
    }

    int n() {
      return ordinals.size();
    }
  }
}
