package org.seedwright.pipelines.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MixBranchesTest {
  @Test
  void theBranchThatIsShortForItsWeightSetsTheSize() {
    assertThat(
            MixBranches.limits(Map.of("oss", 75L, "evol", 110L), Map.of("oss", 3.0, "evol", 1.0)))
        .isEqualTo(Map.of("oss", 75L, "evol", 25L));
    assertThat(MixBranches.limits(Map.of("oss", 75L, "evol", 10L), Map.of("oss", 3.0, "evol", 1.0)))
        .isEqualTo(Map.of("oss", 30L, "evol", 10L));
    assertThat(MixBranches.limits(Map.of("a", 7L), Map.of("a", 0.1))).isEqualTo(Map.of("a", 7L));
  }

  @Property
  void rowsStandToEachOtherAsWeights(
      @ForAll @LongRange(min = 1, max = 1_000_000_000) long first,
      @ForAll @LongRange(min = 1, max = 1_000_000_000) long second,
      @ForAll @LongRange(min = 1, max = 1_000_000_000) long third,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double weight,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double other) {
    var rows = new TreeMap<>(Map.of("a", first, "b", second, "c", third));
    var weights = Map.of("a", weight, "b", other, "c", 1.0);

    Map<String, Long> limits = MixBranches.limits(rows, weights);

    assertThat(limits)
        .allSatisfy((branch, most) -> assertThat(most).isBetween(0L, rows.get(branch)));
    String whole =
        limits.keySet().stream()
            .filter(branch -> limits.get(branch).equals(rows.get(branch)))
            .findFirst()
            .orElseThrow();
    for (String branch : rows.keySet()) {
      // One row more would be more than the weight allows.
      BigDecimal allowed = times(rows.get(whole), weights.get(branch));
      assertThat(times(limits.get(branch), weights.get(whole))).isLessThanOrEqualTo(allowed);
      assertThat(times(limits.get(branch) + 1, weights.get(whole))).isGreaterThan(allowed);
    }
  }

  private static BigDecimal times(long rows, double weight) {
    return BigDecimal.valueOf(rows).multiply(BigDecimal.valueOf(weight));
  }
}
