package org.seedwright.evaluate.score;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.seedwright.evaluate.score.Interval.Observation;

/** Sums whose bits do not depend on the order in which verdicts arrived. */
final class Observations {
  private static final Comparator<Observation> ORDER =
      Comparator.comparing(Observation::family)
          .thenComparingDouble(Observation::value)
          .thenComparingInt(Observation::generations);

  private Observations() {}

  static List<Observation> sorted(Collection<Observation> observations) {
    return observations.stream().sorted(ORDER).toList();
  }

  /** The mean over tasks, each of equal weight. */
  static double mean(Collection<Observation> sorted) {
    double sum = 0;
    for (Observation one : sorted) {
      sum += one.value();
    }
    return Math.min(1, sum / sorted.size());
  }
}
