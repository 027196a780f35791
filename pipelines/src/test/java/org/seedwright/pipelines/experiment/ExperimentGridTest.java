package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentGridTest {
  private static final String EVOLVING = Desk.SHORTEST + "evolve: {rounds: 3, eliminate: rules}\n";

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void makeDesk() {
    desk = new Desk(folder);
  }

  private ExperimentGrid read(String yaml) throws Exception {
    Files.writeString(desk.file(), yaml);
    return ExperimentGrid.read(
        desk.file(), Desk.VOCABULARY, name -> Optional.empty(), folder.resolve("home"));
  }

  private List<String> problems(String yaml) {
    var refused = catchThrowableOfType(ExperimentException.class, () -> read(yaml));
    return refused.problems().stream()
        .map(problem -> problem.text().replace(folder + "/", ""))
        .toList();
  }

  private static List<String> names(ExperimentGrid grid) {
    return grid.cells().stream().map(ExperimentCell::name).toList();
  }

  @Test
  void aFileWithoutAGridIsOneExperiment() throws Exception {
    ExperimentGrid grid = read(EVOLVING);

    assertThat(grid.isSingle()).isTrue();
    assertThat(grid.cells()).containsExactly(new ExperimentCell("", Map.of(), desk.read(EVOLVING)));
    assertThat(grid.cells().get(0).run()).isEqualTo("shortest");
  }

  @Test
  void eachCellIsTheFileWithItsValues() throws Exception {
    ExperimentGrid grid = read(EVOLVING + "ablate: {evolve.rounds: [0, 2]}\n");

    assertThat(grid.isSingle()).isFalse();
    assertThat(grid.cells())
        .containsExactly(
            new ExperimentCell(
                "rounds-0",
                Map.of("evolve.rounds", BigInteger.ZERO),
                desk.read(EVOLVING.replace("rounds: 3", "rounds: 0"))),
            new ExperimentCell(
                "rounds-2",
                Map.of("evolve.rounds", BigInteger.TWO),
                desk.read(EVOLVING.replace("rounds: 3", "rounds: 2"))));
    assertThat(grid.cells().get(1).run()).isEqualTo("shortest.rounds-2");
  }

  @Test
  void severalKeysMakeEveryCombinationTheFirstChangingSlowest() throws Exception {
    ExperimentGrid grid =
        read(
            EVOLVING
                + """
                ablate:
                  evolve.rounds: [1, 2]
                  evolve.eliminate: [rules, rules+judge]
                """);

    assertThat(names(grid))
        .containsExactly(
            "rounds-1_eliminate-rules",
            "rounds-1_eliminate-rules-judge",
            "rounds-2_eliminate-rules",
            "rounds-2_eliminate-rules-judge");
    assertThat(
            grid.cells()
                .get(3)
                .experiment()
                .branches()
                .get("main")
                .evolve()
                .orElseThrow()
                .eliminate())
        .isEqualTo(EvolveConfig.Elimination.RULES_AND_JUDGE);
  }

  @Test
  void aKeyThatTheFileLeavesOutIsGivenByTheGrid() throws Exception {
    ExperimentGrid grid = read(Desk.SHORTEST + "ablate: {evolve.rounds: [1, 4]}\n");

    assertThat(grid.cells())
        .extracting(
            cell -> cell.experiment().branches().get("main").evolve().orElseThrow().rounds())
        .containsExactly(1, 4);
  }

  @Test
  void wholeMappingsAndListsAreValuesToo() throws Exception {
    ExperimentGrid grid =
        read(
            """
            name: shortest
            teachers:
              main: {provider: recorded, model: m, recording: replies.jsonl}
            sources:
              code: {path: code}
            ablate:
              teachers.main.temperature: [0, 0.7]
              evolve: [{rounds: 1}, {rounds: 2, merge: [0, 2]}]
              decontaminate.against: [[], [humaneval, mbpp]]
            """);

    assertThat(names(grid))
        .hasSize(8)
        .startsWith(
            "temperature-0_evolve-no1_against-none",
            "temperature-0_evolve-no1_against-humaneval-mbpp",
            "temperature-0_evolve-no2_against-none")
        .endsWith("temperature-0.7_evolve-no2_against-humaneval-mbpp");
    ExperimentCell last = grid.cells().get(7);
    assertThat(last.values())
        .isEqualTo(
            Map.of(
                "teachers.main.temperature",
                new BigDecimal("0.7"),
                "evolve",
                Map.of("rounds", BigInteger.TWO, "merge", List.of(BigInteger.ZERO, BigInteger.TWO)),
                "decontaminate.against",
                List.of("humaneval", "mbpp")));
    assertThat(last.experiment().teacher(TeacherRole.MAIN).temperature()).contains(0.7);
    assertThat(last.experiment().branches().get("main").evolve().orElseThrow().mergedRounds())
        .containsExactly(0, 2);
  }

  @Test
  void twoKeysThatEndAlikeAreToldApart() throws Exception {
    assertThat(
            names(
                read(
                    Desk.SHORTEST
                        + "ablate: {seeds.min-lines: [1, 2], teachers.main.seed: [1], seed: [4]}")))
        .containsExactly(
            "min-lines-1_teachers-main-seed-1_seed-4", "min-lines-2_teachers-main-seed-1_seed-4");
  }

  @Test
  void aMistakeOfOneCellIsToldWithItsValueLineAndCell() {
    assertThat(
            problems(
                EVOLVING
                    + """
                    ablate:
                      evolve.rounds:
                        - 1
                        - 11
                      evolve.merge: [cumulative, [2]]
                    """))
        .containsExactly(
            "experiment.yaml:10: evolve.rounds: 11 is not in 0 to 10"
                + " (in cell rounds-11_merge-cumulative)",
            "experiment.yaml:11: evolve.merge: names round 2, but evolve.rounds is 1"
                + " (in cell rounds-1_merge-2)");
  }

  @Test
  void aMistakeOfAllCellsIsToldOnce() {
    assertThat(problems(EVOLVING + "shard: 3\nablate: {evolve.rounds: [0, 1, 2]}\n"))
        .singleElement()
        .asString()
        .startsWith("experiment.yaml:7: shard: is not a key here; did you mean shards?")
        .doesNotContain("in cell");
  }

  @Test
  void anUnknownKeyOfTheGridIsRefusedWithThoseThatAreKnown() {
    assertThat(problems(EVOLVING + "ablate: {evolve.round: [1, 2]}\n"))
        .hasSize(2)
        .allMatch(
            line ->
                line.contains(
                    "evolve.round: is not a key here; did you mean rounds? (known keys: "))
        .first()
        .asString()
        .endsWith("(in cell round-1)");
  }

  @Test
  void whatIsNoGridIsRefused() {
    assertThat(problems(EVOLVING + "ablate: [1]\n"))
        .containsExactly(
            "experiment.yaml:7: ablate: a list of 1 item is not a mapping of keys, such as"
                + " evolve.rounds, to lists of values");
    assertThat(problems(EVOLVING + "ablate: {}\n")).singleElement().asString().contains("is empty");
    assertThat(
            problems(
                EVOLVING
                    + """
                    ablate:
                      name: [a, b]
                      limits.budget-usd: [1]
                      evolve.rounds: 3
                      evolve..merge: [last]
                      seed: [1, 1]
                      shards: []
                    """))
        .containsExactly(
            "experiment.yaml:8: ablate.name: is one for all cells",
            "experiment.yaml:9: ablate.limits.budget-usd: is one for all cells",
            "experiment.yaml:10: ablate.evolve.rounds: 3 is not a list of at least 1 value",
            "experiment.yaml:11: ablate.evolve..merge: is not the path of a key, such as"
                + " evolve.rounds",
            "experiment.yaml:12: ablate.seed[1]: 1 is in the list twice",
            "experiment.yaml:13: ablate.shards: a list of 0 items is not a list of at least 1"
                + " value");
    assertThat(problems(EVOLVING + "ablate: {evolve: [{rounds: 1}], evolve.rounds: [2]}\n"))
        .containsExactly(
            "experiment.yaml:7: ablate.evolve.rounds: lies in evolve, which takes other values"
                + " itself");
    assertThat(problems(EVOLVING + "ablate: {name.x: [1], seed.x: [1]}\n"))
        .containsExactly("experiment.yaml:7: ablate.name.x: is one for all cells");
    assertThat(problems("seed: 3\n" + EVOLVING + "ablate: {seed.x: [1, 2]}\n"))
        .containsExactly(
            "experiment.yaml:8: ablate.seed.x: does not fit: seed is no mapping of keys");
  }

  @Test
  void aGridThatIsTooLargeIsRefused() {
    String ten = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
    assertThat(
            problems(
                EVOLVING
                    + "ablate: {evolve.rounds: %1$s, seed: %1$s, teachers.main.seed: %1$s, shards: [1, 2]}\n"
                        .formatted(ten)))
        .containsExactly("experiment.yaml:7: ablate: makes 2000 cells (valid: at most 1000)");
  }

  @Test
  void mistakesOfTheGridAndOfTheFileAreToldTogether() {
    assertThat(problems("seed: x\n" + Desk.SHORTEST + "ablate: {evolve.rounds: 1}\n"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("experiment.yaml:1: seed: \"x\" is not a whole number");
  }

  @Test
  void whoTakesOneExperimentRefusesAGrid() {
    assertThat(desk.lines(EVOLVING + "ablate: {evolve.rounds: [1, 2]}\n"))
        .containsExactly(
            "experiment.yaml: ablate: makes 2 cells, and one experiment is needed here");
  }

  @Test
  void aCellReadAgainFromItsResolvedFormIsTheSame() throws Exception {
    ExperimentGrid grid = read(EVOLVING + "ablate: {evolve.merge: [last, [1, 3], cumulative]}\n");

    for (ExperimentCell cell : grid.cells()) {
      Path again = folder.resolve("again.yaml");
      Files.writeString(again, cell.experiment().resolvedJson());
      Experiment reread =
          Experiment.read(again, Desk.VOCABULARY, name -> Optional.empty(), folder.resolve("home"));
      assertThat(reread.resolved()).isEqualTo(cell.experiment().resolved());
      assertThat(reread.branches().get("main").evolve())
          .isEqualTo(cell.experiment().branches().get("main").evolve());
    }
    assertThat(grid.cells())
        .extracting(
            cell -> cell.experiment().branches().get("main").evolve().orElseThrow().mergedRounds())
        .containsExactly(List.of(3), List.of(1, 3), List.of(0, 1, 2, 3));
  }

  @Test
  void partsOfTheDataSetAreCellsBehindTheWhole() throws Exception {
    String parts = "subset: [{round: 1}, {language: python, rows: 500}]\n";

    assertThat(names(read(EVOLVING + parts)))
        .containsExactly("whole", "round-1", "language-python_rows-500");
    ExperimentGrid grid = read(EVOLVING + parts + "ablate: {evolve.rounds: [1, 2]}\n");
    assertThat(names(grid))
        .containsExactly(
            "rounds-1",
            "rounds-1_round-1",
            "rounds-1_language-python_rows-500",
            "rounds-2",
            "rounds-2_round-1",
            "rounds-2_language-python_rows-500");
    ExperimentCell last = grid.cells().get(5);
    assertThat(last.subset())
        .contains(new SubsetConfig(Optional.empty(), Optional.of("python"), Optional.of(500)));
    assertThat(last.values())
        .isEqualTo(
            Map.of(
                "evolve.rounds",
                BigInteger.TWO,
                "subset",
                Map.of("language", "python", "rows", 500)));
    assertThat(last.experiment()).isEqualTo(grid.cells().get(3).experiment());
    assertThat(problems(EVOLVING + "ablate: {subset: [[{round: 1}]]}\n"))
        .containsExactly("experiment.yaml:7: ablate.subset: is one for all cells");
  }
}
