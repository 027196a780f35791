package org.seedwright.decontaminate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void idsAreThoseThatTablesStore() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::id))
        .containsExactly(
            "duplicate",
            "near-duplicate",
            "duplicate-seed",
            "duplicate-instruction",
            "duplicate-response",
            "contaminated");
  }
}
