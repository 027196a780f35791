package org.seedwright.evolve.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomLinesTest {
  private record Cut(int first, int last) {}

  @Property
  void theSnippetIsTheLinesThatItsOriginNames(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int lines,
      @ForAll @IntRange(min = 1, max = 20) int min,
      @ForAll @IntRange(max = 20) int more,
      @ForAll @IntRange(max = 9) int ordinal) {
    SourceFile file = SourceFiles.of("python", numbered(lines));
    SeedSnippet snippet = new RandomLines(seed, min, min + more).extract(file, ordinal);

    int first = snippet.origin().firstLine();
    int last = snippet.origin().lastLine();
    assertThat(snippet.code())
        .isEqualTo(String.join("", PythonLines.of(file.content()).subList(first - 1, last)));
    assertThat(last - first + 1).isLessThanOrEqualTo(min + more);
    assertThat(last - first + 1 >= min || last == lines)
        .as("only the end of the file shortens a snippet")
        .isTrue();
  }

  @Property(tries = 20)
  void everyStartAndLengthIsReachedAndCutAtTheEnd(
      @ForAll @IntRange(min = 1, max = 6) int lines,
      @ForAll @IntRange(min = 1, max = 4) int min,
      @ForAll @IntRange(max = 3) int more) {
    SourceFile file = SourceFiles.of("python", numbered(lines));
    RandomLines extractor = new RandomLines(976, min, min + more);
    Set<Cut> possible = new HashSet<>();
    for (int first = 1; first <= lines; first++) {
      for (int length = min; length <= min + more; length++) {
        possible.add(new Cut(first, Math.min(lines, first + length - 1)));
      }
    }
    Set<Cut> drawn = new HashSet<>();
    for (int ordinal = 0; ordinal < 40 * lines * (more + 1); ordinal++) {
      Origin origin = extractor.extract(file, ordinal).origin();
      drawn.add(new Cut(origin.firstLine(), origin.lastLine()));
    }
    assertThat(drawn).isEqualTo(possible);
  }

  @Test
  void aSnippetDependsOnSeedDocumentAndOrdinalAlone() {
    SourceFile file = SourceFiles.of("python", numbered(1000));
    RandomLines extractor = new RandomLines(1, 1, 15);

    assertThat(extractor.extract(file, 3)).isEqualTo(new RandomLines(1, 1, 15).extract(file, 3));
    Set<String> codes = new HashSet<>();
    codes.add(extractor.extract(file, 3).code());
    codes.add(extractor.extract(file, 4).code());
    codes.add(new RandomLines(2, 1, 15).extract(file, 3).code());
    codes.add(extractor.extract(SourceFiles.of("python", numbered(1001)), 3).code());
    assertThat(codes).hasSize(4);
  }

  @Test
  void theOriginIsThatOfTheFile() {
    SourceFile file = SourceFiles.of("go", "package a\n");
    SeedSnippet snippet = new RandomLines(1, 1, 15).extract(file, 0);

    assertThat(snippet.documentId()).isEqualTo(file.id());
    assertThat(snippet.language()).isEqualTo("go");
    assertThat(snippet.origin())
        .isEqualTo(
            new Origin(
                "s", "f", 1, 1, file.revision(), file.license(), List.of("Copyright 2020 A")));
  }

  @Test
  void theWidestLimitsWork() {
    SourceFile file = SourceFiles.of("python", numbered(5));
    assertThat(new RandomLines(1, 1, Integer.MAX_VALUE).extract(file, 0).origin().lastLine())
        .isEqualTo(5);
  }

  @Test
  void limitsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new RandomLines(1, 0, 15))
        .hasMessage("min-lines must be at least 1, but was 0");
    assertThatThrownBy(() -> new RandomLines(1, 5, 4))
        .hasMessage("max-lines must be at least min-lines (5), but was 4");
  }

  private static String numbered(int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= lines; i++) {
      text.append("line ").append(i).append('\n');
    }
    return text.toString();
  }
}
