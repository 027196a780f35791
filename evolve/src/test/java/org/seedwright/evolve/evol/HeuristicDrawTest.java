package org.seedwright.evolve.evol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HeuristicDrawTest {
  private final HeuristicDraw draw = new HeuristicDraw(Heuristics.code());

  @Property
  void noneIsRepeatedUntilAllWereTried(
      @ForAll long seed, @ForAll String parentId, @ForAll @IntRange(min = 1, max = 4) int round) {
    List<String> tried = new ArrayList<>();
    for (int attempt = 0; attempt < 15; attempt++) {
      tried.add(draw.draw(seed, parentId, round, tried).id());
    }
    for (int turn = 0; turn < 15; turn += 5) {
      assertThat(tried.subList(turn, turn + 5))
          .containsExactlyInAnyOrderElementsOf(Heuristics.code().ids());
    }
  }

  @Test
  void everyHeuristicCanComeFirst() {
    Set<String> first = new HashSet<>();
    for (int parent = 0; parent < 100; parent++) {
      first.add(draw.draw(976, "parent-" + parent, 1, List.of()).id());
    }
    assertThat(first).hasSize(5);
  }

  @Test
  void anUnknownIdIsRefused() {
    assertThatThrownBy(() -> draw.draw(1, "p", 1, List.of("deepen")))
        .hasMessageContaining("heuristic 'deepen' is unknown");
  }
}
