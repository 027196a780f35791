package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentBranchesTest {
  private static final String BRANCHES =
      Desk.SHORTEST
          + """
          branches:
            oss: {seeds: {count: 5}}
            evol: {instructions: {path: mine.jsonl, layout: alpaca}, evolve: {rounds: 2}}
          """;

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void makeDesk() {
    desk = new Desk(folder);
  }

  private static MixConfig mix(Experiment experiment) {
    return experiment.mix().orElseThrow();
  }

  @Test
  void eachBranchIsBoundLikeAFileWithoutBranches() throws Exception {
    Experiment experiment = desk.read(BRANCHES);

    assertThat(experiment.branches().keySet()).containsExactly("oss", "evol");
    BranchConfig oss = experiment.branches().get("oss");
    assertThat(oss)
        .isEqualTo(
            desk.read(Desk.SHORTEST + "seeds: {count: 5}\n").branches().get(Experiment.MAIN));
    BranchConfig evol = experiment.branches().get("evol");
    assertThat(evol.instructions().orElseThrow().path()).isEqualTo(folder.resolve("mine.jsonl"));
    assertThat(evol.evolve().orElseThrow().rounds()).isEqualTo(2);
    assertThat(oss.readsCode()).isTrue();
    assertThat(evol.readsCode()).isFalse();
  }

  @Test
  void withoutMixAllRowsAreUnited() throws Exception {
    assertThat(mix(desk.read(BRANCHES)))
        .isEqualTo(MixConfig.unionOf(List.of("oss", "evol")))
        .satisfies(mix -> assertThat(mix.order()).isEqualTo(MixConfig.Order.UNION));
  }

  @Test
  void phasesAndUnionsAreRead() throws Exception {
    MixConfig phases = mix(desk.read(BRANCHES + "mix: {phases: [evol, oss]}\n"));
    assertThat(phases.order()).isEqualTo(MixConfig.Order.PHASES);
    assertThat(phases.branches()).containsExactly("evol", "oss");

    assertThat(mix(desk.read(BRANCHES + "mix: {union: [evol]}\n")).branches())
        .containsExactly("evol");

    MixConfig weighted = mix(desk.read(BRANCHES + "mix: {union: {oss: 3, evol: 0.5}}\n"));
    assertThat(weighted.parts())
        .containsExactly(
            new MixConfig.Part("oss", Optional.of(3.0)),
            new MixConfig.Part("evol", Optional.of(0.5)));
  }

  @Test
  void aBranchThatIsNotMixedIsNotComputedAndAsksNobody() throws Exception {
    Experiment experiment = desk.read(BRANCHES + "mix: {union: [oss]}\n");

    assertThat(experiment.mixed().keySet()).containsExactly("oss");
    assertThat(experiment.asked()).isEqualTo(Set.of(TeacherRole.INSTRUCT));
    assertThat(desk.read(BRANCHES).asked())
        .containsExactlyInAnyOrder(
            TeacherRole.INSTRUCT, TeacherRole.EVOLVE, TeacherRole.RESPOND, TeacherRole.JUDGE);
  }

  @Test
  void whatIsResolvedReadsBackAsTheSame() throws Exception {
    for (String mix :
        List.of("", "mix: {phases: [evol, oss]}\n", "mix: {union: {oss: 3, evol: 0.5}}\n")) {
      Experiment experiment = desk.read(BRANCHES + mix);
      String resolved = experiment.resolvedJson();
      Files.writeString(desk.file(), resolved);
      assertThat(desk.read(resolved)).isEqualTo(experiment);
    }
  }

  @Test
  void fewerSeedsAreFewerInEachBranch() throws Exception {
    Experiment fewer = desk.read(BRANCHES).withSeeds(3);

    assertThat(fewer.branches().get("oss").seeds().count().total()).contains(3);
    assertThat(fewer.branches().get("evol").instructions().orElseThrow().count()).contains(3);
    assertThat(fewer.mix()).isEqualTo(desk.read(BRANCHES).mix());
  }

  @Test
  void mistakesNameTheirPlace() {
    assertThat(desk.lines(BRANCHES + "mix: {phases: [oss, evil]}\n"))
        .containsExactly(
            "experiment.yaml:9: mix.phases[1]: \"evil\" is not a known branch; did you mean evol?"
                + " (known: oss, evol)");
    assertThat(desk.lines(BRANCHES + "mix: {union: {oss: 0}}\n"))
        .containsExactly("experiment.yaml:9: mix.union.oss: 0 is not above 0, at most 1000000");
    assertThat(desk.lines(BRANCHES + "mix: {phases: [oss], union: [evol]}\n"))
        .containsExactly(
            "experiment.yaml:9: mix.union: is not beside phases, which it takes the place" + " of");
    assertThat(desk.lines(BRANCHES + "mix: {}\n"))
        .containsExactly("experiment.yaml:9: mix: names neither phases nor union");
    assertThat(desk.lines(BRANCHES + "seeds: {count: 2}\nevolve: {rounds: 1}\n"))
        .containsExactly(
            "experiment.yaml:9: seeds: is not beside branches, which needs none",
            "experiment.yaml:10: evolve: is not beside branches, which needs none");
    assertThat(desk.lines(Desk.SHORTEST + "mix: {union: [main]}\n"))
        .containsExactly("experiment.yaml:6: mix: is not beside branches, which it mixes");
    assertThat(desk.lines(BRANCHES.replace("count: 5", "count: -5")))
        .containsExactly(
            "experiment.yaml:7: branches.oss.seeds.count: -5 is not in 1 to 2147483647");
  }

  @Test
  void sourcesAreNeededWhereABranchReadsCode() {
    String without = BRANCHES.replace("sources:\n  code: {path: code}\n", "");

    assertThat(desk.lines(without))
        .containsExactly(
            "experiment.yaml:1: sources: is missing (valid: a mapping of names to sources, at least"
                + " one)");
    assertThat(desk.lines(without.replace("  oss: {seeds: {count: 5}}\n", ""))).isEmpty();
  }
}
