package org.seedwright.evaluate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
    named = "seedwright.test.sandbox",
    matches = "true",
    disabledReason = "run with -Psandbox")
class BubblewrapHostileTest extends HostileContract {
  @Override
  Sandbox sandbox(SandboxSettings settings) {
    Sandbox sandbox = Bubblewrap.of(settings);
    // Bombs are let loose only where a control group holds them.
    assertThat(sandbox.name())
        .as("no control group: %s", ControlGroup.refusal(settings).orElse(""))
        .isEqualTo("bubblewrap");
    return sandbox;
  }
}
