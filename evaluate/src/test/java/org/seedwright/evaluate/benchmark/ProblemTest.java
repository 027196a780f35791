package org.seedwright.evaluate.benchmark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void aBlankPromptIsRefused() {
    assertThatThrownBy(() -> problem(" \n", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ours/1: prompt is blank");
  }

  @Test
  void aReleaseDateThatIsNoDayIsRefused() {
    assertThatThrownBy(() -> problem("x", Optional.of("2024-02-30")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ours/1: release_date must be a day as in 2024-01-21, but was '2024-02-30'");
  }

  private static Problem problem(String prompt, Optional<String> releaseDate) {
    return new Problem(
        "ours",
        "ours/1",
        "ours/1",
        prompt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        releaseDate);
  }
}
