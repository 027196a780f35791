package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.engine.LocalEngine;

/** Cells that differ in the number of rounds, or in which of them are merged. */
@Slow
class AblationTest {
  private static LocalEngine engine;

  @TempDir private Path scratch;
  private Path sources;

  @BeforeAll
  static void makeEngine() {
    engine = new LocalEngine(1);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @BeforeEach
  void writeSources() throws Exception {
    sources = Files.createDirectories(scratch.resolve("sources"));
    for (int i = 0; i < 3; i++) {
      Files.writeString(sources.resolve("module%d.py".formatted(i)), "total = %d\n".formatted(i));
    }
  }

  private Sketch sketch(String evolve) {
    return Sketch.of(sources)
        .with("shards", "1")
        .with("teachers", ScriptedTeacher.TEACHERS)
        .with("evolve", evolve);
  }

  /** Fails for some instructions in some rounds, so that parents are carried. */
  private static String script(String role, String prompt) {
    if (role.equals("respond") && prompt.length() % 3 == 0) {
      return "Sorry, no.";
    }
    return Scripts.good(role, prompt);
  }

  @Test
  void everyRoundIsAskedForOnceHoweverManyCellsReadIt() throws Exception {
    Map<String, Integer> alone = new TreeMap<>();
    var teacher = new ScriptedTeacher(AblationTest::script);
    Chain.in(scratch.resolve("alone"))
        .run(sketch("{rounds: 3, eliminate: rules}"), engine, teacher);
    teacher.asked.forEach((role, prompts) -> alone.put(role, prompts.size()));

    var shared = new ScriptedTeacher(AblationTest::script);
    Chain chain = Chain.in(scratch.resolve("grid"));
    Map<String, Chain.Run> cells =
        chain.grid(
            sketch("{rounds: 1, eliminate: rules}").with("ablate", "{evolve.rounds: [0, 3, 1, 2]}"),
            engine,
            shared);

    Map<String, Integer> asked = new TreeMap<>();
    shared.asked.forEach((role, prompts) -> asked.put(role, prompts.size()));
    assertThat(asked).isEqualTo(alone).containsKeys("instruct", "evolve", "respond");
    assertThat(cells.get("rounds-0").computed())
        .containsExactly(
            "sources",
            "seeds",
            "instruct",
            "respond-0",
            "merge",
            "deduplicate",
            "decontaminate",
            "dataset");
    assertThat(cells.get("rounds-3").computed())
        .containsExactly(
            "evolve-1",
            "respond-1",
            "evolve-2",
            "respond-2",
            "evolve-3",
            "respond-3",
            "merge",
            "deduplicate",
            "decontaminate",
            "dataset");
    for (String later : List.of("rounds-1", "rounds-2")) {
      assertThat(cells.get(later).computed())
          .containsExactly("merge", "deduplicate", "decontaminate", "dataset");
      assertThat(cells.get(later).paidCalls()).isZero();
    }
  }

  @Test
  void aCellHasTheRowsOfTheSameExperimentAlone() throws Exception {
    Map<String, Chain.Run> cells =
        Chain.in(scratch.resolve("grid"))
            .grid(
                sketch("{rounds: 2, eliminate: rules}")
                    .with("ablate", "{evolve.rounds: [2, 1], evolve.merge: [cumulative, last]}"),
                engine,
                new ScriptedTeacher(AblationTest::script));

    assertThat(cells)
        .containsOnlyKeys(
            "rounds-2_merge-cumulative",
            "rounds-2_merge-last",
            "rounds-1_merge-cumulative",
            "rounds-1_merge-last");
    Chain.Run alone =
        Chain.in(scratch.resolve("alone"))
            .run(
                sketch("{rounds: 1, eliminate: rules, merge: last}"),
                engine,
                new ScriptedTeacher(AblationTest::script));
    assertThat(cells.get("rounds-1_merge-last").hashes()).isEqualTo(alone.hashes());
  }

  @Test
  void eachSetOfRoundsHasTheRowsOfItsRounds() throws Exception {
    List<List<Integer>> sets =
        List.of(List.of(0, 1, 2), List.of(0), List.of(2), List.of(0, 2), List.of(1, 2));
    Map<String, Chain.Run> cells =
        Chain.in(scratch.resolve("grid"))
            .grid(
                sketch("{rounds: 2, eliminate: rules}")
                    .with("ablate", "{evolve.merge: %s}".formatted(sets)),
                engine,
                new ScriptedTeacher(AblationTest::script));

    assertThat(cells).hasSize(5);
    Chain.Run all = cells.get("merge-0-1-2");
    Map<Integer, TreeSet<String>> byRound = new LinkedHashMap<>();
    for (Sample sample : all.rows("merge", "", Sample.class)) {
      byRound.computeIfAbsent(sample.round(), key -> new TreeSet<>()).add(sample.id());
    }
    assertThat(byRound).containsOnlyKeys(0, 1, 2);
    for (List<Integer> set : sets) {
      String name = "merge-" + String.join("-", set.stream().map(String::valueOf).toList());
      var expected = new TreeSet<String>();
      set.forEach(round -> expected.addAll(byRound.get(round)));
      assertThat(cells.get(name).rows("merge", "", Sample.class))
          .as(name)
          .extracting(Sample::id)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    // Rounds that no data set reads are not asked for.
    assertThat(cells.get("merge-0").stages())
        .extracting(stage -> stage.manifest().stage())
        .doesNotContain("evolve-1");
  }
}
