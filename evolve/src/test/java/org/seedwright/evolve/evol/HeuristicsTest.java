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
    return Heuristics.builtIn();
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
  void theSixOfWizardLmAreThereFiveInDepthAndOneInBreadth() {
    assertThat(Heuristics.general().ids())
        .containsExactly(
            "constrain",
            "deepen",
            "concretize",
            "multi-step-reasoning",
            "complicate-input",
            "in-breadth");
    assertThat(Heuristics.general().all())
        .extracting(Heuristic::template)
        .containsExactly(
            Heuristic.Template.GENERAL,
            Heuristic.Template.GENERAL,
            Heuristic.Template.GENERAL,
            Heuristic.Template.GENERAL,
            Heuristic.Template.GENERAL,
            Heuristic.Template.BREADTH);
    assertThat(Heuristics.code().all())
        .extracting(Heuristic::template)
        .containsOnly(Heuristic.Template.CODE);
  }

  @Test
  void aHeuristicOfOnesOwnIsReadFromItsFile() {
    assertThat(
            Heuristic.parse(
                "own.md",
                """
                ---
                id: name-a-library
                version: 3
                paper: none, our own
                template: general
                ---

                Name one library that the answer has to make use of.
                """))
        .isEqualTo(
            new Heuristic(
                "name-a-library",
                3,
                "none, our own",
                Heuristic.Template.GENERAL,
                "Name one library that the answer has to make use of."));
  }

  @Test
  void aFileThatIsNoHeuristicIsRefusedByName() {
    String front = "---\nid: own\nversion: 1\npaper: none\n";
    assertThatThrownBy(() -> Heuristic.parse("own.md", front + "---\nOnly four words here.\n"))
        .hasMessage("own.md: the text must have 6 to 400 words, but has 4");
    assertThatThrownBy(
            () -> Heuristic.parse("own.md", front + "---\n" + "word ".repeat(401) + "\n"))
        .hasMessage("own.md: the text must have 6 to 400 words, but has 401");
    assertThatThrownBy(
            () ->
                Heuristic.parse(
                    "own.md", front + "template: depth\n---\nOne two three four five six.\n"))
        .hasMessage("own.md: template must be one of [code, general, breadth], but was 'depth'");
    assertThatThrownBy(
            () -> Heuristic.parse("own.md", front.replace("own", "Own") + "---\na b c d e f\n"))
        .hasMessageContaining("id must be lower-case words joined by dashes, but was 'Own'");
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
          .containsExactlyInAnyOrderElementsOf(Heuristics.builtIn().ids());
    }
  }

  @Test
  void everyFileIsNamedAfterItsId() {
    for (String id : Heuristics.builtIn().ids()) {
      assertThat(Heuristics.class.getResource("heuristics/" + id + ".md")).isNotNull();
    }
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Heuristics.code().named("widen"))
        .hasMessageStartingWith("heuristic 'widen' is unknown; known are [add-constraints, ");
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
