package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentSuggestionTest {

  private static final List<String> KNOWN =
      List.of("min-lines", "max-lines", "per-file", "count", "from", "max-output-tokens");

  @Test
  void aMistypedWordFindsItsNeighbour() {
    assertThat(Nearest.to("form", KNOWN)).contains("from");
    assertThat(Nearest.to("per_flie", KNOWN)).contains("per-file");
    assertThat(Nearest.to("maxOutputTokens", KNOWN)).contains("max-output-tokens");
    assertThat(Nearest.to("mx-lines", KNOWN)).contains("max-lines");
  }

  @Test
  void aWordFarFromAllFindsNone() {
    assertThat(Nearest.to("budget-usd", KNOWN)).isEmpty();
    assertThat(Nearest.to("x", KNOWN)).isEmpty();
    assertThat(Nearest.to("", KNOWN)).isEmpty();
    assertThat(Nearest.to("f".repeat(100_000), KNOWN)).isEmpty();
  }
}
