package org.seedwright.evolve.instruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;

/** The gates that an instruction passes on its own, and the one that compares it with others. */
class SelfInstructGatesTest {
  private final InstructionGates gates =
      new InstructionGates(
          InstructionGates.MIN_WORDS, InstructionGates.MAX_WORDS, InstructionGates.BLOCKED_WORDS);

  private Optional<Reason> reason(String instruction) {
    return gates.check(instruction).map(Parsed.Rejected::reason);
  }

  @Test
  void lengthIsCountedInWordsAndBothEndsAreLetThrough() {
    assertThat(reason("Sort three lists")).contains(Reason.TOO_FEW_WORDS);
    assertThat(reason("Sort three long lists")).isEmpty();
    assertThat(reason("word ".repeat(150))).isEmpty();
    assertThat(reason("word ".repeat(151))).contains(Reason.TOO_MANY_WORDS);
    assertThat(reason("")).contains(Reason.TOO_FEW_WORDS);
  }

  @Test
  void blockedWordsAreWholeWordsInAnyCase() {
    assertThat(reason("Tell what the Image shows")).contains(Reason.BLOCKED_WORD);
    assertThat(reason("Read this file, line by line")).contains(Reason.BLOCKED_WORD);
    assertThat(reason("Now GO TO the second page")).contains(Reason.BLOCKED_WORD);
    assertThat(reason("Imagine a profile of a mapped plotter")).isEmpty();
    assertThat(new InstructionGates(4, 150, List.of()).check("Read this file line by line"))
        .isEmpty();
    assertThat(
            new InstructionGates(4, 150, List.of("c++"))
                .check("Translate this into C++ code please"))
        .isPresent();
  }

  @Test
  void howItBeginsIsLookedAt() {
    assertThat(reason("Write a program that sorts")).contains(Reason.BLOCKED_START);
    assertThat(reason("write  a\nPROGRAM that sorts")).contains(Reason.BLOCKED_START);
    assertThat(reason("Write a programmer's guide to sorting")).isEmpty();
    assertThat(reason("\"Sort\" these four words")).contains(Reason.BLOCKED_START);
    assertThat(reason("Étendez la liste de mots")).contains(Reason.BLOCKED_START);
    assertThat(reason("3 lists are to be merged")).isEmpty();
  }

  @Test
  void boundsThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> new InstructionGates(5, 4, List.of()))
        .hasMessage("words must be 1 <= min <= max, but were 5 and 4");
    assertThatThrownBy(() -> new SimilarityGate(1.5))
        .hasMessage("threshold must be 0 to 1, but was 1.5");
  }

  @Test
  void rougeLIsTheF1OfTheLongestCommonSubsequence() {
    // Of 6 and 6 words 5 are common in order: the example of rouge_score's own tests is of this
    // form.
    assertThat(RougeL.f1("the cat sat on the mat", "The cat was on the mat!"))
        .isCloseTo(10.0 / 12, within(1e-12));
    assertThat(RougeL.f1("a b c d", "d c b a")).isCloseTo(2.0 / 8, within(1e-12));
    assertThat(RougeL.f1("same words", "Same, words")).isEqualTo(1);
    assertThat(RougeL.f1("", "word")).isZero();
    assertThat(RougeL.words("Don't use f(x)=x_1; é!"))
        .containsExactly("don", "t", "use", "f", "x", "x", "1", "é");
  }

  @Test
  void exactlyTheThresholdIsLetThroughAndAnyMoreIsNot() {
    var gate = new SimilarityGate(0.7);
    gate.add("seed task 1", "a b c d e f g h i j");
    // 7 of 10 and 10 words in common: 14/20 is 0.7.
    assertThat(gate.check("one", "a b c d e f g x y z")).isEmpty();
    assertThat(gate.check("two", "a b c d e f g h p q"))
        .contains(
            new Parsed.Rejected<>(
                Reason.TOO_SIMILAR, "ROUGE-L with seed task 1 is 0.8000, above 0.7"));
    // What was let through is there; what was not is not.
    assertThat(gate.check("three", "a b c d e f g x y w"))
        .map(Parsed.Rejected::evidence)
        .contains("ROUGE-L with one is 0.9000, above 0.7");
    assertThat(gate.check("four", "h p q r s t u v w k")).isEmpty();
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.of("a", "b", "c", "d")
        .list()
        .ofMinSize(1)
        .ofMaxSize(9)
        .map(words -> String.join(" ", words))
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 300)
  void theGateKeepsWhatAPlainComparisonOfAllPairsKeeps(@ForAll("texts") List<String> texts) {
    var gate = new SimilarityGate(0.6);
    var kept = new ArrayList<String>();
    for (String text : texts) {
      boolean near = false;
      for (String other : kept) {
        int l = plain(text.split(" ", -1), other.split(" ", -1));
        near |= 10 * 2 * l > 6 * (text.split(" ", -1).length + other.split(" ", -1).length);
      }
      assertThat(gate.check(text, text).isPresent()).as(text + " after " + kept).isEqualTo(near);
      if (!near) {
        kept.add(text);
      }
    }
  }

  /** The longest common subsequence by its definition. */
  private static int plain(String[] one, String[] other) {
    int[][] best = new int[one.length + 1][other.length + 1];
    for (int i = 1; i <= one.length; i++) {
      for (int j = 1; j <= other.length; j++) {
        best[i][j] =
            one[i - 1].equals(other[j - 1])
                ? best[i - 1][j - 1] + 1
                : Math.max(best[i - 1][j], best[i][j - 1]);
      }
    }
    return best[one.length][other.length];
  }
}
