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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.DocsPage;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;

/** An ablation over the number of rounds, as the command runs it on the simulated teacher. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AblationCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CELLS = List.of("rounds-0", "rounds-1", "rounds-2", "rounds-3");

  @TempDir private static Path folder;
  private static SimulatedTeacher teacher;
  private static long alone;
  private static JsonNode first;

  @BeforeAll
  static void runTheLongestAloneAndThenTheGrid() throws Exception {
    Path code = Files.createDirectories(folder.resolve("code"));
    for (int i = 0; i < 3; i++) {
      Files.writeString(
          code.resolve("gap%d.py".formatted(i)),
          "def gap%1$d(values):\n    return max(values) - min(values) + %1$d\n".formatted(i));
    }
    teacher = SimulatedTeacher.start(0, SimulatorOptions.defaults().withShares(Map.of()));
    run("alone", "");
    alone = teacher.received();
    assertThat(alone).isPositive();
    first = run("grid", "ablate: {evolve.rounds: [0, 1, 2, 3]}");
  }

  @AfterAll
  static void stop() {
    teacher.close();
  }

  private static Path experiment(String workspace, String more) throws Exception {
    return Files.writeString(
        folder.resolve(workspace + ".yaml"),
        """
        name: rounds
        shards: 1
        teachers:
          main: {provider: openai, base-url: "%s", model: simulated-teacher}
        sources:
          code: {path: code, license: MIT}
        seeds: {degenerate: keep}
        evolve: {rounds: 3}
        %s
        """
            .formatted(teacher.baseUrl(), more));
  }

  private static JsonNode command(String command, String workspace, String more, String... options)
      throws Exception {
    var arguments =
        new ArrayList<>(
            List.of(
                command,
                experiment(workspace, more).toString(),
                "--workspace",
                folder.resolve(workspace).toString(),
                "--json"));
    arguments.addAll(List.of(options));
    var printed = StoryWorkspace.bare(arguments.toArray(String[]::new));
    assertThat(printed.exitCode()).as(printed.out() + printed.err()).isEqualTo(ExitCode.DONE);
    return JSON.readTree(printed.out());
  }

  private static JsonNode run(String workspace, String more) throws Exception {
    return command("run", workspace, more, "--runner", "direct");
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(element -> field.isEmpty() ? element.asText() : element.path(field).asText())
        .toList();
  }

  @Test
  @Order(1)
  void noRoundIsAskedForTwice() {
    assertThat(teacher.received()).isEqualTo(2 * alone);
    assertThat(first.at("/teacher/paidCalls").longValue()).isEqualTo(alone);
  }

  @Test
  @Order(2)
  void everyCellHasADataSetAndTellsWhatItComputed() {
    assertThat(texts(first.path("cells"), "name")).isEqualTo(CELLS);
    assertThat(texts(first.path("cells"), "run"))
        .containsExactly(
            "rounds.rounds-0", "rounds.rounds-1", "rounds.rounds-2", "rounds.rounds-3");
    int rows = 0;
    for (JsonNode cell : first.path("cells")) {
      assertThat(cell.at("/values/evolve.rounds").asText())
          .isEqualTo(cell.path("name").asText().substring("rounds-".length()));
      assertThat(cell.at("/dataset/rows").intValue()).isGreaterThanOrEqualTo(rows);
      rows = cell.at("/dataset/rows").intValue();
      assertThat(cell.path("meanInstructionCharacters").doubleValue()).isPositive();
    }
    JsonNode last = first.path("cells").get(3).path("stages");
    assertThat(texts(last, "name").subList(0, 6))
        .containsExactly("sources", "seeds", "instruct", "respond-0", "evolve-1", "respond-1");
    assertThat(texts(last, "status").subList(0, 9))
        .containsExactly(
            "reused",
            "reused",
            "reused",
            "reused",
            "reused",
            "reused",
            "reused",
            "reused",
            "computed");
    // Each stage once: 4 that all share, 6 of rounds, and 4 after them in each cell.
    assertThat(first.path("stages")).hasSize(4 + 6 + 4 * 4);
    assertThat(texts(first.path("stages").get(0).path("cells"), "")).isEqualTo(CELLS);
  }

  @Test
  @Order(3)
  void eachCellIsARunOfItsOwnThatOtherCommandsKnow() throws Exception {
    JsonNode listed = listed();
    assertThat(texts(listed.path("runs"), "name"))
        .containsExactlyInAnyOrder(
            "rounds.rounds-0", "rounds.rounds-1", "rounds.rounds-2", "rounds.rounds-3");
    Path runs = folder.resolve("grid/runs");
    JsonNode record = JSON.readTree(Files.readString(runs.resolve("rounds/cells.json")));
    assertThat(DocsPage.read("formats.md").column("cells.json", 0))
        .containsExactly(
            "format", "name", "given", "cells", "cells[].name", "cells[].run", "cells[].values");
    assertThat(texts(record.path("cells"), "run")).isEqualTo(texts(first.path("cells"), "run"));
    JsonNode cell = JSON.readTree(Files.readString(runs.resolve("rounds.rounds-2/run.json")));
    assertThat(cell.at("/resolved/evolve/rounds").intValue()).isEqualTo(2);
    assertThat(cell.path("run").asText()).isEqualTo("rounds.rounds-2");
    assertThat(runs.resolve("rounds/run.json")).doesNotExist();
  }

  private static JsonNode listed() throws Exception {
    var printed =
        StoryWorkspace.bare(
            "workspace", "list", "--workspace", folder.resolve("grid").toString(), "--json");
    return JSON.readTree(printed.out());
  }

  @Test
  @Order(4)
  void thePlanShowsOnceWhatCellsShare() throws Exception {
    JsonNode empty = command("plan", "elsewhere", "ablate: {evolve.rounds: [0, 1, 2, 3]}");
    assertThat(empty.path("stages")).hasSize(26);
    JsonNode alone = command("plan", "elsewhere", "");
    // Three rounds are asked for once, however many cells read them.
    assertThat(empty.at("/requests/most")).isEqualTo(alone.at("/requests/most"));

    JsonNode longer = command("plan", "grid", "ablate: {evolve.rounds: [0, 1, 2, 3, 4]}");
    for (JsonNode stage : longer.path("stages")) {
      boolean isNew = texts(stage.path("cells"), "").equals(List.of("rounds-4"));
      assertThat(stage.path("status").asText()).isEqualTo(isNew ? "to-compute" : "reused");
    }
    assertThat(
            StoryWorkspace.bare(
                    "plan",
                    experiment("grid", "ablate: {evolve.rounds: [0, 1, 2, 3, 4]}").toString(),
                    "--workspace",
                    folder.resolve("grid").toString())
                .out())
        .containsPattern("sources +[0-9a-f]{16} +reused .* all 5\n")
        .containsPattern("evolve-2 +[0-9a-f]{16} +reused .* rounds-2, rounds-3, rounds-4\n")
        .contains("5 cells with 60 stages, of which 32 are different");
  }

  @Test
  @Order(5)
  void runAgainEveryStageOfEveryCellIsReused() throws Exception {
    JsonNode second = run("grid", "ablate: {evolve.rounds: [0, 1, 2, 3]}");

    assertThat(teacher.received()).isEqualTo(2 * alone);
    for (JsonNode cell : second.path("cells")) {
      assertThat(texts(cell.path("stages"), "status")).containsOnly("reused");
    }
    assertThat(texts(second.path("stages"), "contentHash"))
        .isEqualTo(texts(first.path("stages"), "contentHash"));
  }

  @Test
  @Order(6)
  void aPreviewOfAGridIsRefused() throws Exception {
    Path grid = experiment("grid", "ablate: {evolve.rounds: [0, 1]}");
    var printed =
        StoryWorkspace.bare(
            "run",
            grid.toString(),
            "--workspace",
            folder.resolve("grid").toString(),
            "--preview",
            "2");
    assertThat(printed.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(printed.err())
        .contains("--preview shows one experiment")
        .contains("ablate in " + grid + " asks for 2; preview a copy without it");
  }
}
