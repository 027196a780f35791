package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.analysis.Cell;
import org.seedwright.analysis.RunQuery;
import org.seedwright.analysis.RunStage;
import org.seedwright.analysis.RunTables;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;
import org.seedwright.pipelines.stage.NotSelected;
import org.seedwright.pipelines.story.FinishedStage;
import org.seedwright.pipelines.story.Story;
import org.seedwright.pipelines.story.StoryTeller;
import org.seedwright.pipelines.workspace.StageManifest;

/** Chains side by side, and what they are mixed to. */
@Slow
class BranchesRunTest {
  private static final String GIVEN =
      """
      [{"instruction": "Sort the parcels of a lantern.", "output": "parcels.sort()"},
       {"instruction": "Count the words of a harbour.", "output": "len(words)"},
       {"instruction": "Print a table of orchards.", "output": "print(orchards)"}]
      """;

  private static final String OSS = "oss: {seeds: {count: 6}, instruct: {method: oss-instruct}}";
  private static final String EVOL =
      "evol: {instructions: {path: given.json, layout: alpaca}, evolve: {rounds: 1, eliminate: none}}";

  @TempDir private static Path scratch;
  private static SimulatedTeacher teacher;

  @BeforeAll
  static void start() throws Exception {
    teacher = SimulatedTeacher.start(0, SimulatorOptions.defaults().withShares(Map.of()));
  }

  @AfterAll
  static void stop() {
    teacher.close();
  }

  private static Sketch sketch(String branches, String mix) throws Exception {
    Path code = SmallCorpus.write(scratch.resolve("code"), SmallCorpus.files());
    return Sketch.of(code)
        .with("shards", "2")
        .with("teachers", Sketch.teacher(teacher.baseUrl()))
        .with("branches", "{" + branches + "}")
        .with("mix", mix);
  }

  private static Chain chain(String name) throws Exception {
    Chain chain = Chain.in(scratch.resolve(name));
    Files.createDirectories(chain.home());
    Files.writeString(chain.home().resolve("given.json"), GIVEN);
    return chain;
  }

  private static Map<String, Long> count(List<Sample> rows, Function<Sample, String> by) {
    return rows.stream().collect(Collectors.groupingBy(by, Collectors.counting()));
  }

  @Test
  void phasesAreWrittenIntoTheRowsAndOrderTheExports() throws Exception {
    Chain chain = chain("phases");
    Chain.Run run =
        chain.run(sketch(OSS + ", " + EVOL, "{phases: [oss, evol]}"), new DirectEngine());

    assertThat(run.computed())
        .containsExactly(
            "oss.sources",
            "oss.seeds",
            "oss.instruct",
            "oss.respond-0",
            "oss.merge",
            "evol.instruct",
            "evol.respond-0",
            "evol.evolve-1",
            "evol.respond-1",
            "evol.merge",
            "mix",
            "deduplicate",
            "decontaminate",
            "dataset");
    for (StageOutcome stage : run.stages()) {
      stage.manifest().units().check(stage.manifest().stage());
    }
    List<Sample> rows = run.rows("dataset", "", Sample.class);
    assertThat(count(rows, row -> row.branch() + row.phase().orElseThrow()))
        .isEqualTo(Map.of("oss1", 6L, "evol2", 6L));
    assertThat(run.rows("oss.merge", "", Sample.class))
        .allMatch(row -> row.phase().isEmpty() && row.branch().equals("oss"));

    var phases = new ArrayList<Integer>();
    for (String line :
        Files.readAllLines(Path.of(run.stage("dataset").folder()).resolve("alpaca.jsonl"))) {
      phases.add(new ObjectMapper().readTree(line).path("phase").intValue());
    }
    assertThat(phases).containsExactly(1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2);

    Chain.Run swapped =
        chain.run(sketch(OSS + ", " + EVOL, "{phases: [evol, oss]}"), new DirectEngine());
    assertThat(swapped.computed())
        .as("only what order can change")
        .containsExactly("mix", "deduplicate", "decontaminate", "dataset");
    assertThat(count(swapped.rows("dataset", "", Sample.class), Sample::branch))
        .isEqualTo(Map.of("oss", 6L, "evol", 6L));
    Chain.Run alone = chain.run(sketch(OSS + ", " + EVOL, "{phases: [evol]}"), new DirectEngine());
    assertThat(alone.stages())
        .as("a branch that is not mixed is no part of the run")
        .noneMatch(stage -> stage.manifest().stage().startsWith("oss."));
  }

  private static List<Cell> figures(String branch, long... counts) {
    var cells = new ArrayList<Cell>();
    cells.add(new Cell.Word(branch));
    for (long count : counts) {
      cells.add(new Cell.Count(count));
    }
    return cells;
  }

  @Test
  void weightsKeepTheSmallestDigestsOfTheLongerBranch() throws Exception {
    Chain chain = chain("weights");
    Chain.Run run =
        chain.run(sketch(OSS + ", " + EVOL, "{union: {oss: 1, evol: 3}}"), new DirectEngine());

    List<Sample> mixed = run.rows("mix", "", Sample.class);
    assertThat(count(mixed, Sample::branch)).isEqualTo(Map.of("oss", 2L, "evol", 6L));
    assertThat(mixed).allMatch(row -> row.phase().isEmpty());
    assertThat(run.rows("mix", NotSelected.TABLE, NotSelected.class))
        .hasSize(4)
        .allMatch(left -> left.evidence().equals("2 rows of branch oss are its weight"));
    run.stage("mix").manifest().units().check("mix");

    var stages = new ArrayList<RunStage>();
    for (StageOutcome stage : run.stages()) {
      var finished = new FinishedStage(Path.of(stage.folder()), stage.manifest());
      stages.add(
          new RunStage(
              stage.manifest().stage(),
              Files.readString(finished.folder().resolve(StageManifest.FILE)),
              finished.parts(""),
              List.of()));
    }
    try (var tables = RunTables.open(stages)) {
      assertThat(tables.ask(RunQuery.BRANCHES).rows())
          .extracting(row -> row.subList(0, 5))
          .containsExactly(
              figures("evol", 6, 6, 6, 6),
              figures("oss", 6, 6, 2, 2),
              figures("all", 12, 12, 8, 8));
    }

    Chain.Run more =
        chain.run(sketch(OSS + ", " + EVOL, "{union: {oss: 2, evol: 3}}"), new DirectEngine());
    assertThat(more.rows("mix", "", Sample.class))
        .as("a larger share keeps what a smaller one keeps")
        .containsAll(mixed)
        .hasSize(10);
  }

  @Test
  void branchesOfTheSameSeedsReadTheirSourcesOnceAndKeepTheirRowsApart() throws Exception {
    Chain chain = chain("twins");
    String general =
        "wide: {seeds: {count: 6}, evolve: {rounds: 1, heuristics: general, eliminate: none}}";
    Chain.Run run =
        chain.run(
            sketch(
                general
                    + ", deep: {seeds: {count: 6}, evolve: {rounds: 1, heuristics: code, eliminate:"
                    + " none}}",
                "{union: [deep, wide]}"),
            new DirectEngine());

    assertThat(run.computed()).contains("deep.sources").doesNotContain("wide.sources");
    List<Sample> mixed = run.rows("mix", "", Sample.class);
    assertThat(mixed).extracting(Sample::id).doesNotHaveDuplicates();
    assertThat(count(mixed, row -> row.branch() + row.round()))
        .isEqualTo(Map.of("deep0", 6L, "deep1", 6L, "wide0", 6L, "wide1", 6L));
    assertThat(run.stage("deduplicate").manifest().units().rejected().get("duplicate"))
        .as("one prompt, one reply: round 0 is the same in both")
        .isGreaterThanOrEqualTo(6);
    assertThat(run.stage("wide.instruct").manifest().teacher().paidCalls()).isZero();

    Sample child =
        mixed.stream()
            .filter(row -> row.branch().equals("wide") && row.round() == 1)
            .findFirst()
            .orElseThrow();
    var workspace = chain.workspace();
    Story story = StoryTeller.tell(workspace, child.id(), Optional.empty());
    assertThat(story.document()).isPresent();
    assertThat(story.seed().orElseThrow().steps())
        .extracting(Story.Step::stage)
        .contains("deep.seeds", "wide.seeds");
    assertThat(story.lineage()).extracting(Story.Row::branch).containsOnly(Optional.of("wide"));
    assertThat(story.lineage().get(0).calls())
        .extracting(Story.Call::stage)
        .containsExactly("wide.instruct");
    assertThat(story.lineage().get(1).calls())
        .extracting(Story.Call::stage)
        .containsExactly("wide.evolve-1", "wide.respond-1");
    assertThat(story.lineage().get(1).steps())
        .extracting(Story.Step::stage)
        .startsWith("wide.evolve-1", "wide.respond-1", "wide.merge", "mix");
    Story seed = StoryTeller.tell(workspace, child.rootSeedId(), Optional.empty());
    assertThat(seed.children()).as("a row in each branch").hasSize(2);
  }

  @Test
  void aBranchCalledMainIsWhatAFileWithoutBranchesComputes() throws Exception {
    Chain chain = chain("main");
    Sketch alone = sketch(OSS, "{union: [oss]}").with("seeds", "{count: 6}");
    var keys = new java.util.LinkedHashMap<>(alone.keys());
    keys.remove("branches");
    keys.remove("mix");
    Chain.Run before = chain.run(new Sketch(keys), new DirectEngine());
    Chain.Run after =
        chain.run(sketch(OSS.replace("oss:", "main:"), "{union: [main]}"), new DirectEngine());

    assertThat(before.computed()).startsWith("sources", "seeds", "instruct", "respond-0", "merge");
    assertThat(after.computed()).containsExactly("mix", "deduplicate", "decontaminate", "dataset");
    assertThat(after.hashes().get("dataset")).isEqualTo(before.hashes().get("dataset"));
  }
}
