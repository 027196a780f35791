package org.seedwright.decontaminate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.seedwright.decontaminate.text.NormalizedText;
import org.seedwright.decontaminate.text.Normalizer;
import org.seedwright.decontaminate.text.Span;

class ExactIndexLawsTest {
  @Property
  void aRespacedAndRecasedCopyIsFoundAndItsSpanNormalisesToThePattern(
      @ForAll("code") String pattern, @ForAll("code") String before, @ForAll long seed) {
    String normal = Normalizer.text(pattern);
    ExactIndex index = ExactIndex.of(List.of(new BenchmarkText("b", "t", "prompt", pattern)));
    String row = before + "|" + disguise(pattern, new Random(seed)) + "|" + before;
    List<Overlap> found = index.find("c", row);
    if (normal.length() < ExactIndex.MINIMUM_CHARACTERS) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).hasSize(1);
      String copy = row.substring(found.get(0).start(), found.get(0).end());
      assertThat(Normalizer.text(copy)).isEqualTo(normal);
      assertThat(copy).isEqualTo(copy.strip());
    }
  }

  @Property
  void theIndexFindsWhatANaiveSearchFinds(
      @ForAll("few") List<String> patterns, @ForAll("ab") String row) {
    List<BenchmarkText> texts = texts(patterns);
    assertThat(ExactIndex.of(texts).find("c", row)).isEqualTo(naive(texts, row));
  }

  @Property
  void orderAndRepetitionOfTextsDoNotMatter(
      @ForAll("few") List<String> patterns, @ForAll("ab") String row, @ForAll long seed) {
    List<BenchmarkText> texts = texts(patterns);
    List<BenchmarkText> shuffled = new ArrayList<>(texts);
    shuffled.addAll(texts);
    Collections.shuffle(shuffled, new Random(seed));
    ExactIndex index = ExactIndex.of(texts);
    ExactIndex other = ExactIndex.of(shuffled);
    assertThat(other.find("c", row)).isEqualTo(index.find("c", row));
    assertThat(other.tooShort()).isEqualTo(index.tooShort());
  }

  private static List<BenchmarkText> texts(List<String> patterns) {
    List<BenchmarkText> texts = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      texts.add(new BenchmarkText("b", "t" + i, "prompt", patterns.get(i)));
    }
    return texts;
  }

  private static List<Overlap> naive(List<BenchmarkText> texts, String row) {
    NormalizedText normalized = Normalizer.normalize(row);
    List<Overlap> found = new ArrayList<>();
    for (BenchmarkText text : texts) {
      String pattern = Normalizer.text(text.text());
      int at = normalized.text().indexOf(pattern);
      boolean searched = pattern.length() >= ExactIndex.MINIMUM_CHARACTERS;
      if (!pattern.isEmpty() && (searched ? at >= 0 : pattern.equals(normalized.text()))) {
        Span span = normalized.span(at, at + pattern.length());
        found.add(
            new Overlap("b", text.taskId(), "prompt", "exact", "c", span.start(), span.end()));
      }
    }
    found.sort(Overlap.ORDER);
    return found;
  }

  /** Other white space between any two characters, and any letter in its other case. */
  private static String disguise(String text, Random random) {
    String[] spaces = {"", "", "", " ", "\n", "\t", "\r\n    ", "\u00a0", "\u200b"};
    StringBuilder disguised = new StringBuilder();
    for (String character : text.strip().split("")) {
      if (!character.isBlank()) {
        disguised
            .append(
                random.nextBoolean()
                    ? character.toUpperCase(Locale.ROOT)
                    : character.toLowerCase(Locale.ROOT))
            .append(spaces[random.nextInt(spaces.length)]);
      }
    }
    return disguised.toString();
  }

  @Provide
  Arbitrary<String> code() {
    return Arbitraries.strings()
        .withCharRange('!', '{')
        .withChars(' ', '\n', '\t', '\u00e9', '\u4e2d')
        .ofMinLength(20)
        .ofMaxLength(120);
  }

  @Provide
  Arbitrary<List<String>> few() {
    return ab().list().ofMaxSize(8);
  }

  /** Two letters: texts that hold each other, repeat themselves and share windows. */
  @Provide
  Arbitrary<String> ab() {
    Arbitrary<String> runs =
        Arbitraries.of("a", "B", "ab", " ", "\n").list().ofMaxSize(60).map(l -> String.join("", l));
    Arbitrary<String> repeated = Arbitraries.integers().between(0, 80).map("a"::repeat);
    return Arbitraries.oneOf(runs, repeated);
  }
}
