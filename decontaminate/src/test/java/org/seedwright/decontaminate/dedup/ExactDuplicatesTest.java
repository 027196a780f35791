package org.seedwright.decontaminate.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExactDuplicatesTest {
  private static final List<Candidate> ROWS =
      List.of(
          new Candidate("d", 0, "sort"),
          new Candidate("b", 1, "sort"),
          new Candidate("a", 2, "sort"),
          new Candidate("f", 1, "search"),
          new Candidate("e", 1, "search"),
          new Candidate("c", 3, "alone"));

  @Test
  void theLowestRoundStaysAndThenTheSmallestId() {
    assertThat(ExactDuplicates.duplicateOf(ROWS)).isEqualTo(Map.of("a", "d", "b", "d", "f", "e"));
  }

  @Property(tries = 50)
  void orderOfRowsDoesNotMatter(@ForAll long seed) {
    List<Candidate> shuffled = new ArrayList<>(ROWS);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(ExactDuplicates.duplicateOf(shuffled)).isEqualTo(ExactDuplicates.duplicateOf(ROWS));
  }

  @Test
  void equalIdsAreRefused() {
    assertThatThrownBy(
            () ->
                ExactDuplicates.duplicateOf(
                    List.of(new Candidate("a", 0, "x"), new Candidate("a", 1, "y"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two rows have the id a");
  }

  @Test
  void aNegativeRoundIsRefused() {
    assertThatThrownBy(() -> new Candidate("a", -1, "x"))
        .hasMessage("row a: round must be 0 or more, but was -1");
  }
}
