package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.Slow;

/** {@code examples/rounds-ablation.yaml} as it stands, twice, and the commands that it names. */
@Slow
class RoundsAblationTest {
  private static final String MARK =
      "NOT A MODEL'S WORK: every row of all 4 cells from replies recorded for a demonstration";

  @TempDir private static Path workspace;
  private static JsonNode first;

  @BeforeAll
  static void runIt() throws Exception {
    first =
        command("run", "../examples/rounds-ablation.yaml", "--runner", "direct", "--json").json();
  }

  private static StoryWorkspace.Printed command(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--workspace", workspace.toString()));
    var printed = StoryWorkspace.bare(all.toArray(String[]::new));
    assertThat(printed.exitCode()).as(printed.out() + printed.err()).isEqualTo(ExitCode.DONE);
    return printed;
  }

  private static List<String> values(JsonNode list, String pointer) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(element -> element.at(pointer).asText())
        .toList();
  }

  @Test
  void eachCellHasTheRowsOfItsRounds() {
    assertThat(values(first.path("cells"), "/name"))
        .containsExactly("rounds-0", "rounds-1", "rounds-2", "rounds-3");
    assertThat(values(first.path("cells"), "/dataset/rows"))
        .containsExactly("13", "25", "37", "50");
    assertThat(values(first.path("cells"), "/rowsByNoModel"))
        .containsExactly("13", "25", "37", "50");
  }

  @Test
  void theRunSaysWhatEachRoundOfEachCellMade() throws Exception {
    JsonNode rounds = first.path("rounds");
    var kept = new ArrayList<String>();
    for (JsonNode row : rounds) {
      kept.add(
          "%s %s: %d of %d"
              .formatted(
                  row.path("cell").asText(),
                  row.path("round").asText(),
                  row.path("kept").longValue(),
                  row.path("asked").longValue()));
      assertThat(row.path("usdPerKept").doubleValue()).isPositive();
    }
    assertThat(kept)
        .containsExactly(
            "rounds-0 0: 13 of 14",
            "rounds-0 all: 13 of 14",
            "rounds-1 0: 13 of 14",
            "rounds-1 1: 12 of 14",
            "rounds-1 all: 25 of 28",
            "rounds-2 0: 13 of 14",
            "rounds-2 1: 12 of 14",
            "rounds-2 2: 12 of 14",
            "rounds-2 all: 37 of 42",
            "rounds-3 0: 13 of 14",
            "rounds-3 1: 12 of 14",
            "rounds-3 2: 12 of 14",
            "rounds-3 3: 13 of 14",
            "rounds-3 all: 50 of 56");
    JsonNode shown = command("show", "rounds-ablation", "rounds", "--json").json();
    assertThat(shown.at("/queries/rounds")).isEqualTo(rounds);
    assertThat(shown.path("marks").asText()).isEqualTo(MARK);
    assertThat(values(shown.path("cells"), "/run")).isEqualTo(values(first.path("cells"), "/run"));
  }

  @Test
  void runAgainEveryStageOfEveryCellIsReusedAndTheTablesComeAgain() throws Exception {
    JsonNode second =
        command("run", "../examples/rounds-ablation.yaml", "--runner", "direct", "--json").json();
    for (JsonNode cell : second.path("cells")) {
      assertThat(values(cell.path("stages"), "/status")).containsOnly("reused");
    }
    assertThat(second.path("rounds")).isEqualTo(first.path("rounds"));

    assertThat(command("run", "../examples/rounds-ablation.yaml").out())
        .contains("\n" + MARK + "\ncell      rows  by no model")
        .containsPattern("\nrounds-3 +50 +50 +1\\.5 .* 0 +14 +0 ")
        .contains("\nrounds: yield, refusals, survival, growth and cost of each round\ncell ")
        .containsPattern("\nrounds-3  2 +14 +0 +12 +0\\.857 +12 +1\\.000 ");
  }

  @Test
  void theOtherCommandsOfTheFileWork() {
    assertThat(command("show", "rounds-ablation", "heuristics").out())
        .startsWith("ablation rounds-ablation  ")
        .contains(MARK);
    assertThat(command("compare", "rounds-ablation.rounds-1", "rounds-ablation.rounds-3").out())
        .containsPattern("evolve.rounds +1 +3");
    var grid =
        StoryWorkspace.bare(
            "compare",
            "rounds-ablation",
            "rounds-ablation.rounds-3",
            "--workspace",
            workspace.toString());
    assertThat(grid.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(grid.err())
        .contains(
            "rounds-ablation is an ablation; name one of its cells: rounds-ablation.rounds-0");
  }
}
