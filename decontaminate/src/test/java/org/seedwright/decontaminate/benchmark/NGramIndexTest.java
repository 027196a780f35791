package org.seedwright.decontaminate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NGramIndexTest {
  private static final BenchmarkText OAK =
      new BenchmarkText("b", "1", "prompt", words("oak", 0, 20));

  private final NGramIndex index = NGramIndex.of(List.of(OAK), 6, 0.5);

  @Test
  void aCopyIsFoundWithItsSpanWhateverStandsBetweenItsWords() {
    String copy = words("oak", 0, 20).replace(" ", ",\n  ").toUpperCase(java.util.Locale.ROOT);
    assertThat(index.find("c", "before " + copy + " after"))
        .containsExactly(new Overlap("b", "1", "prompt", "n-gram", "c", 7, 7 + copy.length(), 1));
  }

  @Test
  void aTextInPiecesHasAnOverlapForEachPieceWithTheCoverageOfTheWhole() {
    String row = words("oak", 0, 8) + " elm " + words("oak", 12, 20);
    assertThat(index.find("c", row))
        .extracting(Overlap::start, Overlap::coverage)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, 0.8),
            org.assertj.core.groups.Tuple.tuple(row.indexOf("oak12"), 0.8));
  }

  @Test
  void lessThanTheWantedPartIsNotFound() {
    assertThat(index.find("c", words("oak", 0, 9))).isEmpty();
    assertThat(index.find("c", words("oak", 0, 10))).hasSize(1);
    assertThat(index.find("c", "")).isEmpty();
  }

  @Test
  void aTextOfFewerWordsThanARunIsOneRun() {
    var seven = new BenchmarkText("b", "2", "prompt", words("elm", 0, 7));
    NGramIndex both = NGramIndex.of(List.of(OAK, seven), 10, 0.5);
    assertThat(both.find("c", "x " + words("elm", 0, 7))).hasSize(1);
    assertThat(both.find("c", words("elm", 0, 6))).isEmpty();
  }

  @Test
  void whatManyTasksOfABenchmarkShareProvesNothing() {
    List<BenchmarkText> texts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      texts.add(
          new BenchmarkText(
              "b", "t" + i, "prompt", words("common", 0, 30) + " " + words("own" + i + "x", 0, 9)));
    }
    texts.add(new BenchmarkText("b", "short", "prompt", "only five words are here"));
    NGramIndex many = NGramIndex.of(texts, 8, 0.5);
    assertThat(many.find("c", words("common", 0, 30))).isEmpty();
    assertThat(many.find("c", words("own3x", 0, 9)))
        .extracting(Overlap::taskId)
        .containsExactly("t3");
    assertThat(many.tooShort()).extracting(BenchmarkText::taskId).containsExactly("short");
    assertThat(many.size()).isEqualTo(6);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> NGramIndex.of(List.of(), 5, 0.5)).hasMessageContaining("6 to 100");
    assertThatThrownBy(() -> NGramIndex.of(List.of(), 10, 0)).hasMessageContaining("above 0");
  }

  @Property(tries = 100)
  void theOrderOfTextsDoesNotMatterAndCoverageIsThatOfANaiveCount(@ForAll long seed) {
    Random random = new Random(seed);
    List<BenchmarkText> texts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      texts.add(new BenchmarkText("b", "t" + i, "prompt", text(random, 6 + random.nextInt(20))));
    }
    String row = text(random, 5) + " " + texts.get(random.nextInt(4)).text() + text(random, 9);
    List<BenchmarkText> shuffled = new ArrayList<>(texts);
    shuffled.addAll(texts);
    Collections.shuffle(shuffled, random);
    List<Overlap> found = NGramIndex.of(texts, 6, 0.3).find("c", row);
    assertThat(NGramIndex.of(shuffled, 6, 0.3).find("c", row)).isEqualTo(found);
    for (BenchmarkText text : texts) {
      double expected = naive(text.text().split(" "), row.split(" "));
      var hits = found.stream().filter(hit -> hit.taskId().equals(text.taskId())).toList();
      if (expected >= 0.3) {
        assertThat(hits)
            .isNotEmpty()
            .allSatisfy(hit -> assertThat(hit.coverage()).isEqualTo(expected));
      } else {
        assertThat(hits).isEmpty();
      }
    }
  }

  private static double naive(String[] text, String[] row) {
    boolean[] covered = new boolean[text.length];
    for (int i = 0; i + 6 <= text.length; i++) {
      for (int j = 0; j + 6 <= row.length; j++) {
        if (List.of(text).subList(i, i + 6).equals(List.of(row).subList(j, j + 6))) {
          java.util.Arrays.fill(covered, i, i + 6, true);
        }
      }
    }
    int count = 0;
    for (boolean one : covered) {
      count += one ? 1 : 0;
    }
    return (double) count / text.length;
  }

  private static String text(Random random, int length) {
    return String.join(
        " ", IntStream.range(0, length).mapToObj(i -> "w" + random.nextInt(3)).toList());
  }

  private static String words(String word, int from, int to) {
    return String.join(" ", IntStream.range(from, to).mapToObj(i -> word + i).toList());
  }
}
