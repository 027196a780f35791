package org.seedwright.evolve.evol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeuristicsTest extends HeuristicContract {
  @Override
  Heuristics heuristics() {
    return Heuristics.code();
  }

  @Test
  void theFiveOfWizardCoderAreThereInItsOrder() {
    assertThat(Heuristics.code().ids())
        .containsExactly(
            "add-constraints",
            "rarer-requirement",
            "more-reasoning",
            "misleading-code",
            "tighter-complexity");
  }

  @Test
  void everyFileIsInTheCatalogue() throws Exception {
    Path folder = Path.of(Heuristics.class.getResource("heuristics").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".md"))
                  .map(name -> name.substring(0, name.length() - 3)))
          .containsExactlyInAnyOrderElementsOf(Heuristics.code().ids());
    }
  }

  @Test
  void everyFileIsNamedAfterItsId() {
    for (String id : Heuristics.code().ids()) {
      assertThat(Heuristics.class.getResource("heuristics/" + id + ".md")).isNotNull();
    }
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Heuristics.code().named("deepen"))
        .hasMessageStartingWith("heuristic 'deepen' is unknown; known are [add-constraints, ");
  }

  @Test
  void aSetHoldsNoIdTwiceAndIsNotEmpty() {
    Heuristic one = Heuristics.code().all().get(0);
    assertThatThrownBy(() -> Heuristics.of(List.of(one, one)))
        .hasMessage("heuristic add-constraints is there twice");
    assertThatThrownBy(() -> Heuristics.of(List.of()))
        .hasMessage("at least one heuristic is needed");
  }

  @Test
  void aChoiceKeepsTheOrderOfTheSet() {
    assertThat(Heuristics.code().only(List.of("misleading-code", "add-constraints")).ids())
        .containsExactly("add-constraints", "misleading-code");
  }
}
