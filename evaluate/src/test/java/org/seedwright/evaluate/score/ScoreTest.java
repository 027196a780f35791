package org.seedwright.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Outcome.GroupOutcome;
import org.seedwright.evaluate.execution.Outcome.Measurement;
import org.seedwright.evaluate.execution.Verdict;

class ScoreTest {
  @Test
  void passAtKIsTheMeanOverTasks() {
    List<Judged> judged = new ArrayList<>();
    judged.addAll(task("a", "1100"));
    judged.addAll(task("b", "0000"));
    Score score = Score.of(TestSet.ALL, judged, List.of(1, 2, 4, 10));
    assertThat(score.passAt1()).isCloseTo(0.25, within(1e-15));
    assertThat(score.passAtK()).containsOnlyKeys(1, 2, 4);
    assertThat(score.passAtK().get(2)).isCloseTo((1 - 1 / 6.0) / 2, within(1e-15));
    assertThat(score.passAtK().get(4)).isCloseTo(0.5, within(1e-15));
    assertThat(score.tasks()).isEqualTo(2);
    assertThat(score.samples()).isEqualTo(8);
  }

  @Test
  void everyTaskWeighsTheSameWhateverItsNumberOfGenerations() {
    List<Judged> judged = new ArrayList<>();
    judged.addAll(task("a", "1111111111"));
    judged.addAll(task("b", "0"));
    Score score = Score.of(TestSet.ALL, judged, List.of(10));
    assertThat(score.passAt1()).isEqualTo(0.5);
    assertThat(score.passAtK()).containsOnlyKeys(1);
  }

  @Test
  void theOrderOfVerdictsDoesNotChangeABit() {
    List<Judged> judged = new ArrayList<>();
    Random random = new Random(3);
    for (int task = 0; task < 100; task++) {
      StringBuilder passed = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        passed.append(random.nextInt(2));
      }
      judged.addAll(task("HumanEval/" + task, passed.toString()));
    }
    Score score = Score.of(TestSet.ALL, judged, List.of(1, 10));
    Collections.shuffle(judged, random);
    assertThat(Score.of(TestSet.ALL, judged, List.of(10, 1))).isEqualTo(score);
  }

  @Test
  void aBasePassCountsForBaseOnly() {
    Outcome basePassed =
        new Outcome(
            Verdict.WRONG_ANSWER,
            List.of(
                new GroupOutcome("base", Verdict.PASSED, "11", "pass"),
                new GroupOutcome("plus", Verdict.WRONG_ANSWER, "10-", "fail")),
            "differs",
            new Measurement(1, 1, 0));
    List<Judged> judged =
        List.of(new Judged("a", "a", 0, basePassed), new Judged("b", "b", 0, passed()));
    assertThat(Score.of(TestSet.BASE, judged, List.of()).passAt1()).isOne();
    assertThat(Score.of(TestSet.ALL, judged, List.of()).passAt1()).isEqualTo(0.5);
  }

  @Test
  void theMachinesFailureBlocksTheScoreAndIsNamed() {
    Outcome broken = Outcome.ofTheMachine(Verdict.SANDBOX_UNAVAILABLE, "the slot broke");
    List<Judged> judged =
        List.of(new Judged("a", "a", 0, passed()), new Judged("b", "b", 1, broken));
    assertThatThrownBy(() -> Score.of(TestSet.ALL, judged, List.of()))
        .isInstanceOf(ScoreBlockedException.class)
        .hasMessage(
            "no score: the machine failed on 1 of 2 generations (b generation 1:"
                + " sandbox-unavailable)");
    assertThatThrownBy(() -> Score.of(TestSet.ALL, List.of(), List.of()))
        .hasMessage("no score: there is no verdict");
  }

  @Test
  void aGenerationThatIsThereTwiceIsRefused() {
    List<Judged> judged =
        List.of(new Judged("a", "a", 0, passed()), new Judged("a", "a", 0, passed()));
    assertThatThrownBy(() -> Score.of(TestSet.ALL, judged, List.of()))
        .hasMessage("generation 0 of task a is there twice");
  }

  @Test
  void theNameHoldsAllThatMovesTheScore() {
    ScoreName name = name(164, ScoreName.Oracle.PASSED);
    assertThat(name)
        .hasToString(
            "humaneval-plus 0.1.9, 164 tasks, all tests, prompt=unstated, extraction=none,"
                + " decoding=greedy, n=1, sandbox=docker");
    assertThat(name(163, ScoreName.Oracle.NO_ORACLE))
        .hasToString(
            "humaneval-plus 0.1.9, on 163 of 164 tasks, all tests, prompt=unstated,"
                + " extraction=none, decoding=greedy, n=1, sandbox=docker, no-oracle");
    assertThatThrownBy(() -> name(165, ScoreName.Oracle.PASSED))
        .hasMessage("a score is of 1 to 164 tasks, but was of 165");
  }

  private static ScoreName name(int tasks, ScoreName.Oracle oracle) {
    return new ScoreName(
        "humaneval-plus",
        "0.1.9",
        TestSet.ALL,
        tasks,
        164,
        ScoreName.UNSTATED,
        "none",
        "greedy",
        1,
        "docker",
        oracle);
  }

  private static List<Judged> task(String id, String passed) {
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < passed.length(); i++) {
      Outcome outcome = passed.charAt(i) == '1' ? passed() : failed();
      judged.add(new Judged(id, id, i, outcome));
    }
    return judged;
  }

  private static Outcome passed() {
    return new Outcome(Verdict.PASSED, List.of(), "", new Measurement(1, 1, 0));
  }

  private static Outcome failed() {
    return new Outcome(Verdict.RAISED, List.of(), "ValueError", new Measurement(1, 1, 0));
  }
}
