package org.seedwright.evaluate.sandbox;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "thereIsPython", disabledReason = "there is no python3 3.11 or newer here")
class UnconfinedTest extends SandboxContract {
  static boolean thereIsPython() {
    return Commands.find("python3").isPresent();
  }

  @Override
  Sandbox sandbox() {
    return Unconfined.here();
  }
}
