package org.seedwright.decontaminate.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BandsTest {
  @Test
  void theBandsOfTheDefaultThresholdFindWhatTheirCurveSays() {
    Bands bands = NearSettings.defaults().bands();
    assertThat(bands).isEqualTo(new Bands(36, 7));
    assertThat(bands.found(0.7)).isCloseTo(0.955, within(0.001));
    assertThat(bands.found(0.8)).isGreaterThan(0.999);
    assertThat(bands.found(0.5)).isLessThan(0.25);
    assertThat(bands.curve()).hasSize(15).last().isEqualTo(new Bands.Point(1, 1));
  }

  @Test
  void aPairAtTheThresholdIsFoundWhereverPermutationsAreEnough() {
    for (double threshold : new double[] {0.3, 0.5, 0.6, 0.75, 0.9, 1}) {
      Bands bands = Bands.forThreshold(threshold, 256);
      assertThat(bands.found(threshold)).isGreaterThanOrEqualTo(Bands.FOUND_AT_THRESHOLD);
      assertThat(bands.permutations()).isLessThanOrEqualTo(256);
    }
    assertThat(Bands.forThreshold(0.05, 8)).isEqualTo(new Bands(8, 1));
  }

  @Test
  void impossibleBandsAreRefused() {
    assertThatThrownBy(() -> new Bands(0, 4)).hasMessageContaining("but was 0 x 4");
    assertThatThrownBy(() -> new Bands(1 << 20, 1 << 20)).hasMessageContaining("4096");
    assertThatThrownBy(() -> Bands.forThreshold(0, 256)).hasMessageContaining("but was 0.0");
    assertThatThrownBy(() -> Bands.forThreshold(Double.NaN, 256)).hasMessageContaining("NaN");
  }

  /**
   * 2,500 pairs a point: three standard deviations of the share are at most 3 points, of the mean
   * over several sizes of set less.
   */
  @Test
  void pairsBecomeCandidatesAsOftenAsTheCurveSays() {
    Random random = new Random(976);
    for (Bands bands : new Bands[] {new Bands(36, 7), new Bands(20, 5), new Bands(32, 8)}) {
      var maker = new Sketch.Maker(new NearSettings(0.7, 5, bands));
      for (int percent = 50; percent <= 95; percent += 5) {
        int found = 0;
        double expected = 0;
        int pairs = 5000;
        for (int i = 0; i < pairs; i++) {
          Pair pair = Pair.of(random, 40 + random.nextInt(160), percent / 100.0);
          expected += bands.found(Jaccard.of(pair.one(), pair.other()));
          found += candidates(maker.of(pair.one()), maker.of(pair.other())) ? 1 : 0;
        }
        assertThat((found - expected) / pairs)
            .as("%s at %d %%", bands, percent)
            .isBetween(-0.02, 0.02);
      }
    }
  }

  private static boolean candidates(Sketch one, Sketch other) {
    for (int band = 0; band < one.keys().length; band++) {
      if (one.keys()[band] == other.keys()[band]) {
        return true;
      }
    }
    return false;
  }
}
