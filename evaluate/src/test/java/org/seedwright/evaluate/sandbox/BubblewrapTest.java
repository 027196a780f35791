package org.seedwright.evaluate.sandbox;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
    named = "seedwright.test.sandbox",
    matches = "true",
    disabledReason = "run with -Psandbox")
class BubblewrapTest extends SandboxContract {
  @Override
  Sandbox sandbox() {
    return Bubblewrap.of(SandboxSettings.standard());
  }
}
