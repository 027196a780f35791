package org.seedwright.evaluate.sandbox;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
    named = "seedwright.test.sandbox",
    matches = "true",
    disabledReason = "run with -Psandbox")
class DockerTest extends SandboxContract {
  @Override
  Sandbox sandbox() {
    return Docker.of(SandboxSettings.standard(), Docker.IMAGE);
  }
}
