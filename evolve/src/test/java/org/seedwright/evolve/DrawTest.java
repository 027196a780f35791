package org.seedwright.evolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DrawTest {
  @Test
  void theNumbersOfAKeyAreFixedForEver() {
    Draw draw = Draw.of(976, "purpose", "a", "b");

    assertThat(draw.nextLong()).isEqualTo(272772972796854606L);
    assertThat(draw.nextInt(1000)).isEqualTo(554);
    assertThat(draw.digest()).isEqualTo(Draw.of(976, "purpose", "a", "b").digest()).hasSize(64);
  }

  @Test
  void seedPurposeAndIdsEachChangeTheDraw() {
    assertThat(
            Set.of(
                Draw.of(1, "p", "ab", "c").digest(),
                Draw.of(2, "p", "ab", "c").digest(),
                Draw.of(1, "q", "ab", "c").digest(),
                Draw.of(1, "p", "a", "bc").digest(),
                Draw.of(1, "p", "abc").digest(),
                Draw.of(1, "pab", "c").digest()))
        .hasSize(6);
  }

  @Property
  void everyNumberLiesBelowItsBound(
      @ForAll long seed, @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long bound) {
    assertThat(Draw.of(seed, "p").nextLong(bound)).isBetween(0L, bound - 1);
  }

  @Property(tries = 100)
  void everyNumberBelowASmallBoundIsReached(@ForAll @IntRange(min = 1, max = 20) int bound) {
    Draw draw = Draw.of(5, "reach");
    Set<Integer> reached = new HashSet<>();
    for (int i = 0; i < 100 * bound; i++) {
      reached.add(draw.nextInt(bound));
    }
    assertThat(reached).hasSize(bound);
  }

  @Test
  void aBoundBelowOneIsRefused() {
    assertThatThrownBy(() -> Draw.of(1, "p").nextInt(0))
        .hasMessage("bound must be at least 1, but was 0");
  }
}
