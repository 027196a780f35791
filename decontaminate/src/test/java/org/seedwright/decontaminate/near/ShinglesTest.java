package org.seedwright.decontaminate.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ShinglesTest {
  private final Shingles shingles = new Shingles(3);

  @Test
  void aTextHasOneShingleForEachRunOfWords() {
    assertThat(shingles.of("a b c")).hasSize(1);
    assertThat(shingles.of("a b c d e")).hasSize(3);
    assertThat(shingles.of("a b c a b c")).hasSize(3);
    assertThat(Jaccard.of(shingles.of("a b c d"), shingles.of("b c d e"))).isEqualTo(1.0 / 3);
  }

  @Test
  void theOrderOfWordsCounts() {
    assertThat(Jaccard.of(shingles.of("a b c"), shingles.of("c b a"))).isZero();
  }

  @Test
  void aShortTextIsOneElementAndIsLikeExactDuplicatesOnly() {
    assertThat(shingles.of("a + b")).hasSize(1).isEqualTo(shingles.of(" A+b\n"));
    assertThat(shingles.of("a + b")).isNotEqualTo(shingles.of("a - b"));
    assertThat(shingles.of("+")).isNotEqualTo(shingles.of("-"));
    assertThat(shingles.of("a b")).isNotEqualTo(shingles.of("a b c"));
  }

  @Test
  void aTextWithoutCharactersHasTheEmptySetWhichIsLikeNothing() {
    assertThat(shingles.of(" \n\u200b")).isEmpty();
    assertThat(Jaccard.of(new long[0], new long[0])).isZero();
  }

  @Test
  void runsDoNotCrossFromOneTextIntoTheNext() {
    assertThat(shingles.of(List.of("a b c", "d e f"))).hasSize(2);
    assertThat(shingles.of(List.of("a b c", "a b c"))).hasSize(1);
  }

  @Test
  void wordsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Shingles(0)).hasMessageContaining("must be 1 to 64, but was 0");
  }

  @Property
  void caseSpacesAndPunctuationDoNotMatterFromOneRunOn(
      @ForAll @StringLength(min = 12, max = 60) @CharRange(from = 'a', to = 'd') String letters) {
    String spaced = String.join(" ", letters.split(""));
    String other = String.join(",\n\t", letters.toUpperCase(java.util.Locale.ROOT).split(""));
    assertThat(shingles.of(other)).isEqualTo(shingles.of(spaced));
  }
}
