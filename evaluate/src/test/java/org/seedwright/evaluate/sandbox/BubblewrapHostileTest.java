package org.seedwright.evaluate.sandbox;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
    named = "seedwright.test.sandbox",
    matches = "true",
    disabledReason = "run with -Psandbox")
class BubblewrapHostileTest extends HostileContract {
  @Override
  Sandbox sandbox(SandboxSettings settings) {
    return Bubblewrap.of(settings);
  }
}
