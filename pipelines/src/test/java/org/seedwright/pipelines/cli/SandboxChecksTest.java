package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evaluate.sandbox.SandboxLook;
import org.seedwright.evaluate.sandbox.SandboxLook.Fitness;

class SandboxChecksTest {
  @Test
  void noSandboxIsAProblemOfARunAndRemediesAreKept() {
    assertThat(SandboxChecks.of(new SandboxLook("docker", Fitness.READY, "a", Optional.empty())))
        .isEqualTo(Check.ok("docker", "a"));
    assertThat(SandboxChecks.of(new SandboxLook("docker", Fitness.MISSING, "b", Optional.of("c"))))
        .isEqualTo(Check.missing("docker", "b", "c"));
    assertThat(SandboxChecks.of(new SandboxLook("bubblewrap", Fitness.WEAK, "d", Optional.of("e"))))
        .isEqualTo(Check.note("bubblewrap", "d").curedBy("e"));
  }
}
