package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.evol.Heuristics;

class HeuristicsConfigTest {
  private static final String TEXT = "Name one library that the answer must make use of.";

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void writeHeuristics() throws Exception {
    desk = new Desk(folder);
    own("library.md", "name-a-library", TEXT);
  }

  private void own(String file, String id, String text) throws Exception {
    Files.writeString(
        folder.resolve(file),
        "---\nid: %s\nversion: 1\npaper: none\n---\n\n%s\n".formatted(id, text));
  }

  private static String evolve(String heuristics) {
    return Desk.SHORTEST + "evolve: {rounds: 1, heuristics: %s}\n".formatted(heuristics);
  }

  @Test
  void aFileIsAHeuristicBesideThoseWithAnId() throws Exception {
    HeuristicsConfig read =
        desk.read(evolve("[./library.md, deepen]"))
            .branches()
            .get("main")
            .evolve()
            .orElseThrow()
            .heuristics();

    assertThat(read.ids()).containsExactly("deepen");
    assertThat(read.own()).hasSize(1);
    assertThat(read.own().get(0).file()).isEqualTo(folder.resolve("library.md"));
    assertThat(read.own().get(0).heuristic().name()).isEqualTo("name-a-library@1");
    assertThat(read.own().get(0).heuristic().text()).isEqualTo(TEXT);
    assertThat(read.resolved()).containsExactly("deepen", folder.resolve("library.md").toString());
    assertThat(
            desk.read(evolve("[library.md]"))
                .branches()
                .get("main")
                .evolve()
                .orElseThrow()
                .heuristics()
                .ids())
        .isEmpty();
  }

  @Test
  void generalStandsForTheHeuristicsOfAnyInstruction() throws Exception {
    Path file = Files.writeString(desk.file(), evolve("general"));
    Vocabulary vocabulary =
        new Vocabulary(
            Desk.VOCABULARY.languages(),
            new java.util.LinkedHashSet<>(Heuristics.code().ids()),
            new java.util.LinkedHashSet<>(Heuristics.general().ids()),
            Desk.VOCABULARY.benchmarks());

    assertThat(
            Experiment.read(file, vocabulary, name -> Optional.empty(), folder)
                .branches()
                .get("main")
                .evolve()
                .orElseThrow()
                .heuristics())
        .isEqualTo(new HeuristicsConfig(Heuristics.general().ids(), List.of()));
  }

  @Test
  void filesThatAreNoHeuristicsAreRefusedWithTheReason() throws Exception {
    own("short.md", "short", "Three words only.");
    own("deepen.md", "deepen", TEXT);
    own("again.md", "name-a-library", TEXT);
    Files.writeString(folder.resolve("plain.md"), TEXT);
    Files.write(folder.resolve("latin.md"), new byte[] {(byte) 0xe9});

    assertThat(desk.lines(evolve("[./short.md, ./plain.md, ./latin.md, ./none.md]")))
        .containsExactly(
            "experiment.yaml:6: evolve.heuristics[0]: \"./short.md\" is no heuristic: short.md: the"
                + " text must have 6 to 400 words, but has 3",
            "experiment.yaml:6: evolve.heuristics[1]: \"./plain.md\" is no heuristic: plain.md:1"
                + " must be ---",
            "experiment.yaml:6: evolve.heuristics[2]: \"./latin.md\" is no heuristic: it is not"
                + " UTF-8",
            "experiment.yaml:6: evolve.heuristics[3]: \"./none.md\" is not a file that exists (it"
                + " resolves to none.md)");
    assertThat(desk.lines(Desk.SHORTEST + "evolve: {rounds: 2, merge: [11]}\n"))
        .containsExactly("experiment.yaml:6: evolve.merge[0]: 11 is not in 0 to 10");
    assertThat(desk.lines(Desk.SHORTEST + "evolve: {rounds: 2, merge: [3]}\n"))
        .containsExactly("experiment.yaml:6: evolve.merge: names round 3, but evolve.rounds is 2");
    assertThat(desk.lines(evolve("[./deepen.md]")))
        .containsExactly(
            "experiment.yaml:6: evolve.heuristics: deepen.md has the id deepen, which another"
                + " heuristic has");
    assertThat(desk.lines(evolve("[./library.md, ./again.md]")))
        .containsExactly(
            "experiment.yaml:6: evolve.heuristics: again.md has the id name-a-library, which"
                + " another heuristic has");
  }
}
