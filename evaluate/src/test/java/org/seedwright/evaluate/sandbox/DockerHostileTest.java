package org.seedwright.evaluate.sandbox;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
    named = "seedwright.test.sandbox",
    matches = "true",
    disabledReason = "run with -Psandbox")
class DockerHostileTest extends HostileContract {
  @Override
  Sandbox sandbox(SandboxSettings settings) {
    return Docker.of(settings, Docker.IMAGE);
  }
}
