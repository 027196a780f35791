package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;
import org.seedwright.pipelines.stage.ImportedInstruction;
import org.seedwright.pipelines.stage.PoolEntry;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.story.Story;
import org.seedwright.pipelines.story.StoryTeller;
import org.seedwright.pipelines.table.CanonicalJson;

/** A chain that begins with instructions made elsewhere, and with rounds evolved elsewhere. */
class InstructionsRunTest {
  @TempDir private Path scratch;

  private static final String SEEDS =
      """
      [{"instruction": "Sort the parcels of a lantern.", "input": "3 1", "output": "1 3"},
       {"instruction": "Count the words of a harbour.", "input": "", "output": ""},
       {"instruction": "   ", "output": "x"},
       {"instruction": "Print a table of orchards.", "output": "print(orchards)"}]
      """;

  private static final String FIRST_ROUND =
      """
      {"instruction": "Sort the parcels of many lanterns in place.", "output": "parcels.sort()"}
      {"instruction": "Nobody answered this one.", "output": ""}
      """;

  private Sketch sketch(Object baseUrl) {
    return new Sketch(Map.of())
        .with("name", "given")
        .with("seed", "976")
        .with("shards", "2")
        .with("teachers", Sketch.teacher(baseUrl))
        .with(
            "instructions",
            "{path: seeds.json, layout: alpaca, rounds: [round-1.jsonl], language: python,"
                + " license: CC-BY-NC-4.0}")
        .with("evolve", "{rounds: 2, eliminate: none}");
  }

  private Chain chain(String name) throws Exception {
    Chain chain = Chain.in(scratch.resolve(name));
    Files.createDirectories(chain.home());
    Files.writeString(chain.home().resolve("seeds.json"), SEEDS);
    Files.writeString(chain.home().resolve("round-1.jsonl"), FIRST_ROUND);
    return chain;
  }

  @Test
  void theLastImportedRoundIsEvolvedAndAllRoundsAreMerged() throws Exception {
    try (var simulated =
        SimulatedTeacher.start(0, SimulatorOptions.defaults().withShares(Map.of()))) {
      Chain chain = chain("first");
      Chain.Run run = chain.run(sketch(simulated.baseUrl()), new DirectEngine());

      assertThat(run.computed())
          .containsExactly(
              "instruct",
              "respond-0",
              "respond-1",
              "evolve-2",
              "respond-2",
              "merge",
              "deduplicate",
              "decontaminate",
              "dataset");
      for (StageOutcome stage : run.stages()) {
        stage.manifest().units().check(stage.manifest().stage());
      }
      assertThat(run.stage("instruct").manifest().units().attempted()).isEqualTo(4);
      assertThat(run.stage("instruct").manifest().units().rejected())
          .isEqualTo(Map.of("empty-instruction", 1L));
      assertThat(run.stage("respond-1").manifest().units().rejected())
          .isEqualTo(Map.of("no-response", 1L));
      assertThat(run.rows("respond-1", ImportedInstruction.TABLE, ImportedInstruction.class))
          .hasSize(2)
          .allMatch(row -> row.lineage().equals("unknown") && row.round() == 1);
      assertThat(run.rows("instruct", ImportedInstruction.TABLE, ImportedInstruction.class))
          .hasSize(4)
          .allMatch(row -> row.lineage().equals("root"));

      List<Sample> answered = run.rows("respond-0", "", Sample.class);
      assertThat(answered).hasSize(3).allMatch(sample -> sample.response().isPresent());
      assertThat(answered)
          .filteredOn(sample -> !sample.calls().isEmpty())
          .as("only what had no response was asked about")
          .extracting(Sample::instruction)
          .containsExactly("Count the words of a harbour.");
      Sample imported = run.rows("respond-1", "", Sample.class).get(0);
      assertThat(imported.parentId()).isEmpty();
      assertThat(imported.heuristic()).isEmpty();
      assertThat(imported.origin().path()).isEqualTo("round-1.jsonl");
      assertThat(imported.origin().license()).contains("CC-BY-NC-4.0");
      assertThat(run.rows("respond-1", PoolEntry.TABLE, PoolEntry.class))
          .extracting(PoolEntry::sample)
          .containsExactly(imported);
      List<Sample> evolved = run.rows("respond-2", "", Sample.class);
      assertThat(evolved)
          .singleElement()
          .satisfies(
              child -> {
                assertThat(child.parentId()).contains(imported.id());
                assertThat(child.rootSeedId()).isEqualTo(imported.id());
                assertThat(child.round()).isEqualTo(2);
              });
      assertThat(run.stage("dataset").manifest().units().out()).isEqualTo(5);
      theStoryOfARowNamesFileLinesAndPlace(chain, answered, evolved.get(0), run);

      Chain moved = chain("moved").beside(scratch.resolve("moved"));
      Chain.Run again = moved.run(sketch(simulated.baseUrl()), new DirectEngine());
      assertThat(again.hashes()).as("a file may be moved").isEqualTo(run.hashes());
    }
  }

  private static void theStoryOfARowNamesFileLinesAndPlace(
      Chain chain, List<Sample> answered, Sample evolved, Chain.Run run) throws Exception {
    String words =
        answered.stream()
            .filter(sample -> sample.instruction().startsWith("Count"))
            .findFirst()
            .orElseThrow()
            .id();
    String file = CanonicalJson.sha256Hex(SEEDS.getBytes(StandardCharsets.UTF_8));
    assertThat(imported(chain, words))
        .isEqualTo(
            new Story.Imported(
                words,
                "seeds.json",
                file,
                "alpaca",
                Optional.of(2),
                2,
                2,
                0,
                Optional.of("CC-BY-NC-4.0")));
    Story.Imported root = imported(chain, evolved.id());
    assertThat(root.id()).isEqualTo(evolved.rootSeedId());
    assertThat(root.file()).isEqualTo("round-1.jsonl");
    assertThat(List.of(root.firstLine(), root.round())).containsExactly(1, 1);
    String rejected = run.rows("respond-1", Rejection.TABLE, Rejection.class).get(0).id();
    assertThat(imported(chain, rejected).place()).contains(2);
  }

  private static Story.Imported imported(Chain chain, String id) throws Exception {
    return StoryTeller.tell(chain.workspace(), id, Optional.empty()).imported().orElseThrow();
  }

  @Test
  void ofRowsBeyondTheCountTheSmallestDigestsStay() throws Exception {
    Chain chain = chain("counted");
    Sketch sketch =
        sketch("http://127.0.0.1:1/v1")
            .with("instructions", "{path: seeds.json, layout: alpaca, count: 1}")
            .with("evolve", "{rounds: 0}");
    var experiment = sketch.in(chain.home());
    assertThat(experiment.withSeeds(5).branches().get("main").instructions().orElseThrow().count())
        .isEqualTo(Optional.of(1));
    ExperimentPlan plan = chain.plan(experiment);
    assertThat(plan.stages().get(0).stage().name()).isEqualTo("instruct");
    var teacher = new ScriptedTeacher((role, prompt) -> "They are counted in one pass.");
    Chain.Run run = chain.run(plan, new DirectEngine(), teacher, true);
    assertThat(run.stage("instruct").manifest().units().out()).isEqualTo(1);
    assertThat(run.stage("instruct").manifest().units().notSelected()).isEqualTo(2);
  }
}
