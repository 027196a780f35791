package org.seedwright.pipelines.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NamesLawsTest {
  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("..", ".", "", "a", "b.py", "C:", "ä", "\u0000", "...")
        .list()
        .ofMaxSize(8)
        .flatMap(
            parts ->
                Arbitraries.of("/", "\\")
                    .map(slash -> parts.stream().collect(Collectors.joining(slash))));
  }

  @Property
  void aSafeNameStaysInsideAnyFolderAndIsItsOwnSafeName(@ForAll("names") String name) {
    Names.safe(name)
        .ifPresent(
            safe -> {
              Path folder = Path.of("/folder");
              Path resolved = folder.resolve(safe);
              assertThat(resolved.normalize().toString()).isEqualTo(resolved.toString());
              assertThat(resolved.toString()).startsWith(folder + "/");
              assertThat(Names.safe(safe)).contains(safe);
              assertThat(List.of(safe.split("/", -1))).doesNotContain("..", ".", "");
            });
  }

  @Property
  void whatEverTheNameIsItCanBeShownOnOneLine(@ForAll String name) {
    assertThat(Names.shown(name))
        .doesNotContain("\n", "\r", "\u001b")
        .hasSizeLessThanOrEqualTo(201);
  }
}
