package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.simulate.Fault;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/** The papers' set-ups in {@code examples/papers}, run as they stand on the simulated teacher. */
@Slow
class PaperSetUpsTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Path PAPERS = EXAMPLES.resolve("papers");
  private static final String ADDRESS = "http://127.0.0.1:8089/v1";
  private static final int TASKS = 21;

  @TempDir private static Path folder;
  private static SimulatedTeacher teacher;

  @BeforeAll
  static void start() throws Exception {
    teacher = SimulatedTeacher.start(0, SimulatorOptions.defaults().withShares(Map.of()));
    Files.copy(PAPERS.resolve("tasks.json"), folder.resolve("tasks.json"));
  }

  @AfterAll
  static void stop() {
    teacher.close();
  }

  private static JsonNode run(String name) throws Exception {
    return run(name, teacher, folder);
  }

  private static JsonNode run(String name, SimulatedTeacher teacher, Path folder) throws Exception {
    String given = Files.readString(PAPERS.resolve(name + ".yaml"));
    assertThat(given).contains(ADDRESS);
    Path experiment =
        Files.writeString(
            folder.resolve(name + ".yaml"), given.replace(ADDRESS, teacher.baseUrl().toString()));
    var printed =
        StoryWorkspace.bare(
            "run",
            experiment.toString(),
            "--workspace",
            folder.resolve(name).toString(),
            "--runner",
            "direct",
            "--json");
    assertThat(printed.exitCode()).as(printed.out() + printed.err()).isEqualTo(ExitCode.DONE);
    return new ObjectMapper().readTree(printed.out());
  }

  @Test
  void wizardCoderUnitesTheSeedWithAllRounds() throws Exception {
    JsonNode cells = run("wizardcoder").path("cells");

    List<Integer> rows = new ArrayList<>();
    cells.forEach(cell -> rows.add(cell.at("/dataset/rows").intValue()));
    assertThat(rows).hasSize(5).isSorted();
    assertThat(rows.get(0)).isEqualTo(TASKS);
    // A round yields at most a child of each instruction of the pool.
    for (int round = 1; round < rows.size(); round++) {
      assertThat(rows.get(round) - rows.get(round - 1)).isBetween(1, TASKS);
    }
    theStoryOfAnEvolvedRowBeginsInTheFile();
  }

  private static void theStoryOfAnEvolvedRowBeginsInTheFile() throws Exception {
    String workspace = folder.resolve("wizardcoder").toString();
    var shown =
        StoryWorkspace.bare(
            "show", "respond-1", "--limit", "1", "--json", "--workspace", workspace);
    String id = shown.json().at("/first/0/id").asText();
    assertThat(StoryWorkspace.bare("explain", id, "--workspace", workspace).out())
        .containsPattern("INSTRUCTION FILE  tasks.json, lines? [0-9].*, instruction [0-9]+ of the")
        .contains("lineage    root: evolution starts from it")
        .contains("ROUND 0")
        .contains("ROUND 1  " + id);
  }

  @Test
  void codeAlpacaGivesEveryTaskThatWasAskedForOneFate() throws Exception {
    JsonNode run = run("code-alpaca");

    JsonNode instruct = stage(run, "instruct");
    long rejected =
        StreamSupport.stream(instruct.path("rejected").spliterator(), false)
            .mapToLong(JsonNode::longValue)
            .sum();
    assertThat(instruct.path("attempted").longValue()).isEqualTo(8 * 20);
    assertThat(instruct.path("out").longValue() + rejected).isEqualTo(8 * 20);
    assertThat(run.at("/dataset/rows").longValue()).isPositive();
  }

  /** With the shares that docs/methods/magicoder.md gives, and so with its figures. */
  @Test
  void magicoderKeepsItsQuotasAndCleansForAllThreeReasons() throws Exception {
    Path papers = copied(PAPERS.resolve("corpus"), folder.resolve("examples/papers/corpus"));
    copied(
        EXAMPLES.resolve("quickstart/benchmark.jsonl"),
        folder.resolve("examples/quickstart/benchmark.jsonl"));
    var options =
        SimulatorOptions.defaults()
            .withSeed(976)
            .withShares(Map.of(Fault.DUPLICATE_PROBLEM, 0.1, Fault.DUPLICATE_SOLUTION, 0.1));
    try (var duplicating = SimulatedTeacher.start(0, options)) {
      JsonNode run = run("magicoder", duplicating, papers.getParent());

      JsonNode clean = stage(run, "deduplicate");
      assertThat(clean.path("attempted").intValue()).isEqualTo(32);
      assertThat(clean.path("out").intValue()).isEqualTo(24);
      assertThat(new ObjectMapper().convertValue(clean.path("rejected"), Map.class))
          .isEqualTo(
              Map.of("duplicate-seed", 2, "duplicate-instruction", 3, "duplicate-response", 3));
      assertThat(run.at("/dataset/rows").intValue()).isEqualTo(24);
    }
    String workspace = papers.resolveSibling("magicoder").toString();
    JsonNode languages =
        json("show", "magicoder", "languages", "--workspace", workspace, "--json")
            .at("/queries/languages");
    var seeds = new TreeMap<String, Integer>();
    var kept = new TreeMap<String, Integer>();
    for (JsonNode language : languages) {
      seeds.put(language.path("language").asText(), language.path("seeds").intValue());
      kept.put(language.path("language").asText(), language.path("kept").intValue());
    }
    assertThat(seeds)
        .containsEntry("python", 16)
        .containsEntry("all", 32)
        .hasSize(10)
        .allSatisfy((language, count) -> assertThat(count).isIn(2, 16, 32));
    assertThat(kept)
        .containsEntry("python", 9)
        .containsEntry("rust", 1)
        .containsEntry("all", 24)
        .hasSize(10)
        .allSatisfy((language, count) -> assertThat(count).isIn(1, 2, 9, 24));
    JsonNode rejected =
        json(
                "show",
                "deduplicate",
                "--rejected",
                "--where",
                "reason=duplicate-seed",
                "--workspace",
                workspace,
                "--json")
            .at("/first/0");
    var story =
        StoryWorkspace.bare("explain", rejected.path("id").asText(), "--workspace", workspace);
    assertThat(story.out()).contains("duplicate-seed", rejected.path("evidence").asText());
  }

  @Test
  void magicoderSIsTwoPhasesInEitherOrder(@TempDir Path scratch) throws Exception {
    Path papers = copied(PAPERS.resolve("corpus"), scratch.resolve("examples/papers/corpus"));
    copied(
        EXAMPLES.resolve("quickstart/benchmark.jsonl"),
        scratch.resolve("examples/quickstart/benchmark.jsonl"));
    Files.copy(PAPERS.resolve("tasks.json"), papers.resolveSibling("tasks.json"));

    JsonNode run = run("magicoder-s", teacher, papers.getParent());

    JsonNode cells = run.path("cells");
    assertThat(cells).hasSize(3);
    List<String> first = phasesAndKinds(cells.get(0));
    List<String> swapped = phasesAndKinds(cells.get(1));
    List<String> alone = phasesAndKinds(cells.get(2));
    assertThat(first).isSorted().contains("1 oss", "2 evol").hasSameSizeAs(swapped);
    assertThat(swapped).isSorted().contains("1 evol", "2 oss");
    assertThat(alone).containsOnly("1 evol");
    assertThat(Collections.frequency(first, "2 evol")).isBetween(1, TASKS);
    assertThat(stage(run, "oss.instruct").path("attempted").intValue()).isEqualTo(32);
    assertThat(run.path("stages"))
        .as("what comes before the mix is computed once")
        .filteredOn(stage -> stage.path("name").asText().startsWith("oss."))
        .hasSize(5);
  }

  /** The phase of each line in its order, and the branch that its row is of. */
  private static List<String> phasesAndKinds(JsonNode cell) throws Exception {
    Path dataset = Path.of(cell.at("/dataset/path").asText());
    var branches = new TreeMap<String, String>();
    var table = new TableFolder(dataset.toString(), "", new Shards(2));
    for (int shard : table.shards().numbers()) {
      try (var rows = table.open(Table.of(Sample.class), shard)) {
        rows.forEachRemaining(row -> branches.put(row.id(), row.branch()));
      }
    }
    var lines = new ArrayList<String>();
    for (String line : Files.readAllLines(dataset.resolve("alpaca.jsonl"))) {
      JsonNode row = new ObjectMapper().readTree(line);
      lines.add(row.path("phase").asText() + " " + branches.get(row.path("id").asText()));
    }
    return lines;
  }

  private static JsonNode stage(JsonNode run, String name) {
    return StreamSupport.stream(run.path("stages").spliterator(), false)
        .filter(stage -> stage.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode json(String... command) throws Exception {
    var printed = StoryWorkspace.bare(command);
    assertThat(printed.exitCode()).as(printed.out() + printed.err()).isEqualTo(ExitCode.DONE);
    return new ObjectMapper().readTree(printed.out());
  }

  /** Copies a file, or a folder with all that is in it. */
  private static Path copied(Path from, Path to) throws Exception {
    Files.createDirectories(to.getParent());
    try (var all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
    return to;
  }
}
