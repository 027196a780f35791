package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;

/** The papers' set-ups in {@code examples/papers}, run as they stand on the simulated teacher. */
class PaperSetUpsTest {
  private static final Path PAPERS = Path.of("../examples/papers");
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

    JsonNode instruct =
        StreamSupport.stream(run.path("stages").spliterator(), false)
            .filter(stage -> stage.path("name").asText().equals("instruct"))
            .findFirst()
            .orElseThrow();
    long rejected =
        StreamSupport.stream(instruct.path("rejected").spliterator(), false)
            .mapToLong(JsonNode::longValue)
            .sum();
    assertThat(instruct.path("attempted").longValue()).isEqualTo(8 * 20);
    assertThat(instruct.path("out").longValue() + rejected).isEqualTo(8 * 20);
    assertThat(run.at("/dataset/rows").longValue()).isPositive();
  }
}
