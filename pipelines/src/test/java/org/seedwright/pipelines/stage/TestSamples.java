package org.seedwright.pipelines.stage;

import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.seed.Origin;

/** Samples that differ in little. */
final class TestSamples {
  private TestSamples() {}

  static Sample sample(String id, int round, String instruction, String response) {
    var origin = new Origin("code", "a.py", 1, 2, Optional.empty(), Optional.empty(), List.of());
    return new Sample(
        id,
        "seed-of-" + id,
        round == 0 ? Optional.empty() : Optional.of("parent-of-" + id),
        "main",
        round,
        round == 0 ? Optional.empty() : Optional.of("add-constraints@1"),
        "generation",
        "python",
        origin,
        instruction,
        Optional.of(response),
        List.of(),
        Mark.TEACHER,
        Optional.empty());
  }
}
