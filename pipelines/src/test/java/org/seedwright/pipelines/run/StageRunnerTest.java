package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.stage.TestStages.Odd;
import org.seedwright.pipelines.workspace.Workspace;

class StageRunnerTest {
  @TempDir private Path scratch;

  private final List<String> heard = new ArrayList<>();

  private ExperimentPlan plan(Odd... stages) throws Exception {
    Files.createDirectories(scratch.resolve("sources"));
    Experiment experiment = Sketch.of(scratch.resolve("sources")).in(scratch);
    var workspace = new Workspace(scratch.resolve("workspace").toString());
    var planned = new ArrayList<PlannedStage>();
    for (Odd stage : stages) {
      String fingerprint = Fingerprint.of(stage, experiment.shards(), Map.of());
      String folder = workspace.stageFolder(stage.name(), fingerprint);
      planned.add(
          new PlannedStage(stage, fingerprint, Map.of(), folder, workspace.manifest(folder)));
    }
    return new ExperimentPlan(experiment, workspace, planned);
  }

  private List<StageOutcome> run(ExperimentPlan plan) throws Exception {
    var listener =
        new RunListener() {
          @Override
          public void started(PlannedStage stage) {
            heard.add("started " + stage.stage().name());
          }

          @Override
          public void finished(StageOutcome stage) {
            heard.add("finished " + stage.manifest().stage());
          }
        };
    return new StageRunner(new NoEngine(), NoEngine::nobody, listener).run(plan);
  }

  /** What is in the workspace, but for locks. */
  private List<String> contents() throws IOException {
    Path stages = scratch.resolve("workspace").resolve("stages");
    try (var tree = Files.walk(stages)) {
      return tree.filter(path -> !path.equals(stages))
          .map(path -> stages.relativize(path).toString())
          .filter(path -> !path.startsWith(".locks"))
          .toList();
    }
  }

  @Test
  void aBalancedStageIsCommittedAndReusedAfterwards() throws Exception {
    List<StageOutcome> outcomes = run(plan(new Odd("odd", 5, 10, "")));

    assertThat(outcomes).singleElement().matches(outcome -> !outcome.reused());
    assertThat(outcomes.get(0).manifest().units().rejected()).isEqualTo(Map.of("odd", 5L));
    assertThat(contents()).noneMatch(path -> path.contains(".attempt"));
    assertThat(run(plan(new Odd("odd", 5, 10, ""))))
        .singleElement()
        .matches(StageOutcome::reused)
        .extracting(StageOutcome::manifest)
        .isEqualTo(outcomes.get(0).manifest());
    assertThat(heard).containsExactly("started odd", "finished odd", "finished odd");
  }

  @Test
  void aStageThatLosesOrInventsAUnitIsRefusedAndLeavesNothing() throws Exception {
    for (int attempted : List.of(9, 11)) {
      ExperimentPlan plan = plan(new Odd("odd", 5, attempted, ""));

      assertThatThrownBy(() -> run(plan))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "odd: %d units came in, but 10 have a fate: out 5, rejected {odd=5}, failed 0, not selected 0"
                  .formatted(attempted));
      assertThat(contents()).isEmpty();
    }
    assertThat(heard).containsExactly("started odd", "started odd");
  }

  @Test
  void aStageThatFailsLeavesNothingAndThoseBeforeItStay() throws Exception {
    ExperimentPlan plan =
        plan(
            new Odd("first", 3, 6, ""),
            new Odd("second", 3, 6, "the disk is full"),
            new Odd("third", 3, 6, ""));

    assertThatThrownBy(() -> run(plan))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");

    assertThat(contents()).isNotEmpty().allMatch(path -> path.startsWith("first-"));
    assertThat(heard).containsExactly("started first", "finished first", "started second");
  }
}
