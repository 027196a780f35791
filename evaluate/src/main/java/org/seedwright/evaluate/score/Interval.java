package org.seedwright.evaluate.score;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A 95 % interval of a score.
 *
 * <p>The method: tasks of one family are forms of one problem and fall together, so the variance of
 * the mean is the cluster-robust one over families, {@code G/(G-1) * sum over families of (sum of
 * the family's residuals)^2 / N^2}. It gives the number of independent trials that would have the
 * same variance, {@code p(1-p)/variance}, and with that number the interval is Wilson's, which
 * stays inside 0 to 1 and has a width also where every task passed or none did (there the number is
 * that of the families). Nothing is drawn at random: equal verdicts give equal bits, whatever their
 * order.
 *
 * @param low 0 to {@code high}
 * @param high up to 1
 */
public record Interval(double low, double high) {
  /** The 97.5 % point of the normal distribution. */
  private static final double Z = 1.959963984540054;

  public Interval {
    if (!(0 <= low && low <= high && high <= 1)) {
      throw new IllegalArgumentException(
          "an interval lies in 0 to 1, but was %s to %s".formatted(low, high));
    }
  }

  /**
   * What one task contributes.
   *
   * @param family problems of a family are not independent
   * @param value 0 to 1
   * @param generations how many generations the value is the mean of, 1 or more
   */
  public record Observation(String family, double value, int generations) {
    public Observation {
      if (!(0 <= value && value <= 1)) {
        throw new IllegalArgumentException("a value is 0 to 1, but was %s".formatted(value));
      }
      if (generations < 1) {
        throw new IllegalArgumentException(
            "generations must be 1 or more, but was %d".formatted(generations));
      }
    }
  }

  /**
   * The interval of the mean of these values. Of a single family nothing is known of how families
   * differ, so it is 0 to 1.
   *
   * @param observations at least one
   */
  public static Interval of(Collection<Observation> observations) {
    if (observations.isEmpty()) {
      throw new IllegalArgumentException("an interval needs at least one task");
    }
    List<Observation> sorted = Observations.sorted(observations);
    double mean = Observations.mean(sorted);
    Map<String, Double> residuals = new LinkedHashMap<>();
    double generations = 0;
    for (Observation one : sorted) {
      residuals.merge(one.family(), one.value() - mean, Double::sum);
      generations += one.generations();
    }
    int families = residuals.size();
    if (families == 1) {
      return new Interval(0, 1);
    }
    double squares = 0;
    for (double residual : residuals.values()) {
      squares += residual * residual;
    }
    double variance =
        squares * families / (families - 1.0) / ((double) sorted.size() * sorted.size());
    double spread = mean * (1 - mean);
    double trials = spread <= 0 ? families : variance <= 0 ? generations : spread / variance;
    return wilson(mean, Math.min(trials, generations));
  }

  private static Interval wilson(double mean, double trials) {
    double square = Z * Z;
    double centre = (mean + square / (2 * trials)) / (1 + square / trials);
    double half =
        Z
            * Math.sqrt(mean * (1 - mean) / trials + square / (4 * trials * trials))
            / (1 + square / trials);
    return new Interval(
        mean <= 0 ? 0 : Math.max(0, centre - half), mean >= 1 ? 1 : Math.min(1, centre + half));
  }
}
