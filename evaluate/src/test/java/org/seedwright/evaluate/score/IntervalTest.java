package org.seedwright.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seedwright.evaluate.score.Interval.Observation;

class IntervalTest {
  @Test
  void withOneTaskPerFamilyItIsNearlyWilsons() {
    // Wilson's interval of 98 of 164: 0.5211 to 0.6696.
    Interval interval = Interval.of(verdicts(98, 164));
    assertThat(interval.low()).isCloseTo(0.5211, within(0.001));
    assertThat(interval.high()).isCloseTo(0.6696, within(0.001));
  }

  @Test
  void allOrNonePassedStillHasAWidth() {
    assertThat(Interval.of(verdicts(0, 164)).low()).isZero();
    assertThat(Interval.of(verdicts(0, 164)).high()).isBetween(0.015, 0.03);
    assertThat(Interval.of(verdicts(164, 164)).high()).isOne();
    assertThat(Interval.of(verdicts(164, 164)).low()).isBetween(0.97, 0.985);
  }

  @Test
  void formsOfOneProblemDoNotCountAsIndependent() {
    List<Observation> alone = verdicts(50, 100);
    List<Observation> fourForms = new ArrayList<>();
    for (int form = 0; form < 4; form++) {
      fourForms.addAll(alone);
    }
    assertThat(width(Interval.of(fourForms))).isCloseTo(width(Interval.of(alone)), within(0.002));
  }

  @Test
  void theOrderOfTasksDoesNotChangeABit() {
    List<Observation> observations = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      observations.add(new Observation("f" + random.nextInt(200), random.nextInt(21) / 20.0, 20));
    }
    Interval interval = Interval.of(observations);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(observations, random);
      assertThat(Interval.of(observations)).isEqualTo(interval);
    }
  }

  /** Families that pass or fail as a whole, drawn anew: the true rate lies inside about 95 %. */
  @Test
  void itHoldsTheTruthInAboutNineteenOfTwentyDraws() {
    for (double rate : new double[] {0.05, 0.3, 0.6, 0.9}) {
      Random random = new Random(11);
      int held = 0;
      int draws = 2000;
      for (int draw = 0; draw < draws; draw++) {
        List<Observation> tasks = new ArrayList<>();
        for (int family = 0; family < 150; family++) {
          double passed = random.nextDouble() < rate ? 1 : 0;
          for (int form = 0; form <= family % 3; form++) {
            tasks.add(new Observation("f" + family, passed, 1));
          }
        }
        Interval interval = Interval.of(tasks);
        if (interval.low() <= rate && rate <= interval.high()) {
          held++;
        }
      }
      assertThat((double) held / draws).as("rate %s", rate).isBetween(0.93, 0.975);
    }
  }

  @Test
  void oneFamilySaysNothing() {
    assertThat(Interval.of(List.of(new Observation("f", 1, 1), new Observation("f", 0, 1))))
        .isEqualTo(new Interval(0, 1));
    assertThatThrownBy(() -> Interval.of(List.of()))
        .hasMessage("an interval needs at least one task");
  }

  @Test
  void moreGenerationsNarrowItWhereTasksAreAlike() {
    List<Observation> alike =
        IntStream.range(0, 100).mapToObj(i -> new Observation("f" + i, 0.5, 20)).toList();
    assertThat(width(Interval.of(alike))).isBetween(0.01, 0.05);
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }

  private static List<Observation> verdicts(int passed, int tasks) {
    return IntStream.range(0, tasks)
        .mapToObj(i -> new Observation("f" + i, i < passed ? 1 : 0, 1))
        .toList();
  }
}
