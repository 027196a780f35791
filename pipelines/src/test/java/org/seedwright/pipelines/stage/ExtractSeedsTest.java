package org.seedwright.pipelines.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.Draw;
import org.seedwright.evolve.seed.DegenerateSnippets;
import org.seedwright.evolve.seed.RandomLines;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.pipelines.table.Shards;

class ExtractSeedsTest {
  private static final RandomLines LINES = new RandomLines(976, 1, 3);
  private static final int PER_FILE = 3;
  private static final List<String> LANGUAGES = List.of("python", "java", "go");
  private static final List<SourceFile> FILES =
      IntStream.range(0, 30).mapToObj(ExtractSeedsTest::file).toList();

  @TempDir private Path folder;

  /** Two lines in three hold code; the others are blank or a bracket. */
  private static SourceFile file(int i) {
    var content = new StringBuilder();
    for (int line = 0; line < 9; line++) {
      content.append(line % 3 == 0 ? "total = count * %d\n".formatted(i + line) : "\n");
    }
    return new SourceFile(
        "%064x".formatted(i * 7919),
        "code",
        "file-" + i,
        Optional.empty(),
        LANGUAGES.get(i % 3),
        Optional.empty(),
        Optional.of("MIT"),
        Optional.of("licence file LICENSE"),
        List.of(),
        List.of(),
        100,
        "%064x".formatted(i),
        content.toString());
  }

  private record Extracted(
      List<SeedSnippet> seeds, List<Rejection> rejected, List<NotSelected> notSelected) {
    int all() {
      return seeds.size() + rejected.size() + notSelected.size();
    }
  }

  private Extracted extract(String name, ExtractSeeds extract, List<SourceFile> files)
      throws IOException {
    var scratch = new Scratch(folder.resolve(name));
    scratch.run(
        pipeline -> {
          var split =
              Scratch.rows(pipeline, SourceFile.class, files).apply("ExtractSeeds", extract);
          scratch.write("seeds", SeedSnippet.class, split.seeds());
          scratch.write("rejected", Rejection.class, split.rejected());
          scratch.write("not-selected", NotSelected.class, split.notSelected());
        });
    return new Extracted(
        scratch.read("seeds", SeedSnippet.class),
        scratch.read("rejected", Rejection.class),
        scratch.read("not-selected", NotSelected.class));
  }

  private static ExtractSeeds every() {
    return ExtractSeeds.with(LINES).withPerFile(PER_FILE).withShards(new Shards(3));
  }

  /** What the leaf draws, file by file. */
  private static List<SeedSnippet> drawn(boolean degenerate) {
    var drawn = new ArrayList<SeedSnippet>();
    for (SourceFile file : FILES) {
      for (int ordinal = 0; ordinal < PER_FILE; ordinal++) {
        SeedSnippet seed = LINES.extract(file, ordinal);
        if (DegenerateSnippets.in(file).check(seed).isPresent() == degenerate) {
          drawn.add(seed);
        }
      }
    }
    return drawn;
  }

  private static String digest(SeedSnippet seed) {
    return Draw.of(976, "seed-count", seed.documentId(), Integer.toString(seed.ordinal())).digest();
  }

  @Test
  void withoutACountEverySnippetOfTheLeafIsASeedOrDegenerate() throws IOException {
    Extracted extracted = extract("every", every(), FILES);

    assertThat(drawn(true)).isNotEmpty();
    assertThat(extracted.seeds()).containsExactlyInAnyOrderElementsOf(drawn(false));
    assertThat(extracted.rejected())
        .extracting(Rejection::id)
        .containsExactlyInAnyOrderElementsOf(drawn(true).stream().map(SeedSnippet::id).toList());
    assertThat(extracted.rejected()).extracting(Rejection::reason).containsOnly("blank-snippet");
    assertThat(extracted.notSelected()).isEmpty();
  }

  @Test
  void degenerateSnippetsAreSeedsWhereTheRuleIsOff() throws IOException {
    Extracted extracted = extract("keeping", every().keepingDegenerate(), FILES);

    assertThat(extracted.seeds())
        .hasSize(FILES.size() * PER_FILE)
        .containsAll(drawn(true))
        .containsAll(drawn(false));
    assertThat(extracted.rejected()).isEmpty();
  }

  @Test
  void aCountKeepsTheSmallestDigestsWhateverTheOrder() throws IOException {
    List<SeedSnippet> smallest =
        drawn(false).stream()
            .sorted(Comparator.comparing(ExtractSeedsTest::digest))
            .limit(17)
            .toList();
    for (int shuffle = 0; shuffle < 2; shuffle++) {
      var files = new ArrayList<>(FILES);
      Collections.shuffle(files, new Random(shuffle));
      Extracted extracted =
          extract(
              "total-" + shuffle,
              every().withCount(17).withShards(new Shards(1 + 4 * shuffle)),
              files);

      assertThat(extracted.seeds()).containsExactlyInAnyOrderElementsOf(smallest);
      assertThat(extracted.all()).isEqualTo(FILES.size() * PER_FILE);
    }
  }

  @Test
  void aCountByLanguageKeepsTheSmallestDigestsOfEachAndNoneOfAnother() throws IOException {
    Extracted extracted =
        extract("by-language", every().withCountByLanguage(Map.of("python", 4, "go", 1000)), FILES);

    var expected = new ArrayList<SeedSnippet>();
    drawn(false).stream()
        .filter(seed -> seed.language().equals("python"))
        .sorted(Comparator.comparing(ExtractSeedsTest::digest))
        .limit(4)
        .forEach(expected::add);
    drawn(false).stream().filter(seed -> seed.language().equals("go")).forEach(expected::add);
    assertThat(extracted.seeds()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(extracted.all()).isEqualTo(FILES.size() * PER_FILE);
    var places = new HashMap<String, String>();
    extracted.notSelected().forEach(one -> places.put(one.id(), one.evidence()));
    assertThat(places.values()).contains("place 5 by digest; the count ends before it");
  }

  @Test
  void fewerThanOneSnippetAFileIsRefused() {
    assertThatThrownBy(() -> every().withPerFile(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("per-file must be at least 1, but was 0");
  }

  @Test
  void twoKindsOfCountAreRefusedInEitherOrder() {
    var byLanguage = Map.of("python", 4);
    String message = "count must be a number or numbers by language, but was 17 and {python=4}";

    assertThatThrownBy(() -> every().withCount(17).withCountByLanguage(byLanguage))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> every().withCountByLanguage(byLanguage).withCount(17))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
