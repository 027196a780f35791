package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.teacher.AnswerCounts;

class ProgressTest {
  private static final AnswerCounts BEFORE =
      new AnswerCounts(100, 10, 90, 0, 0, 0, 0, 0, Cost.FREE);

  @Test
  void countsRateAndTimeLeftAreOfThisStageAlone() {
    var now = new AnswerCounts(400, 60, 139, 1, 0, 0, 0, 0, Cost.FREE);
    assertThat(
            Progress.line(
                "evolve-1", BEFORE, now, 300, 10, "1.20 USD spent, 0.30 reserved, 18.50 left"))
        .isEqualTo(
            "evolve-1       10 s, 99 of 300 replies (50 from the store, 49 calls), 9.9 a second, 20 s left in this step; 1.20 USD spent, 0.30 reserved, 18.50 left");
  }

  @Test
  void aStageThatAsksNothingHasNoCounts() {
    assertThat(Progress.line("sources", BEFORE, BEFORE, 0, 5, "")).isEqualTo("sources        5 s");
  }

  @Test
  void withoutAReplyNothingIsSaidOfTheTimeLeft() {
    assertThat(Progress.line("instruct", BEFORE, BEFORE, 7, 5, ""))
        .isEqualTo("instruct       5 s, 0 of 7 replies (0 from the store, 0 calls), 0.0 a second");
  }
}
