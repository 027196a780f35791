package org.seedwright.pipelines.evaluation;

import org.seedwright.evaluate.sandbox.Bubblewrap;
import org.seedwright.evaluate.sandbox.Docker;
import org.seedwright.evaluate.sandbox.Sandbox;
import org.seedwright.evaluate.sandbox.SandboxSettings;
import org.seedwright.evaluate.sandbox.SandboxUnavailableException;
import org.seedwright.evaluate.sandbox.Unconfined;

/** The kinds of isolation that can be asked for. */
public enum SandboxKind {
  /** Containers. */
  DOCKER,
  /** Namespaces; without control groups its name is bubblewrap-no-cgroup. */
  BUBBLEWRAP,
  /** No isolation. Never taken by itself. */
  NONE;

  /**
   * Returns this sandbox; no slot is started.
   *
   * @throws SandboxUnavailableException if something that it needs is missing here
   */
  public Sandbox sandbox() {
    return switch (this) {
      case DOCKER -> Docker.of(SandboxSettings.standard(), Docker.IMAGE);
      case BUBBLEWRAP -> Bubblewrap.of(SandboxSettings.standard());
      case NONE -> Unconfined.here();
    };
  }

  /**
   * Returns the first of docker and bubblewrap that this machine has.
   *
   * @throws SandboxUnavailableException if it has neither; the message says what each lacks
   */
  public static SandboxKind best() {
    try {
      var unused = DOCKER.sandbox();
      return DOCKER;
    } catch (SandboxUnavailableException docker) {
      try {
        var unused = BUBBLEWRAP.sandbox();
        return BUBBLEWRAP;
      } catch (SandboxUnavailableException bubblewrap) {
        throw new SandboxUnavailableException(
            "no sandbox on this machine: %s; %s"
                .formatted(docker.getMessage(), bubblewrap.getMessage()),
            bubblewrap);
      }
    }
  }
}
