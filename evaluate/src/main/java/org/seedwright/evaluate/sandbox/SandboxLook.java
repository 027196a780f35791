package org.seedwright.evaluate.sandbox;

import java.util.List;
import java.util.Optional;

/**
 * What this machine has of a sandbox, found by starting a slot of it.
 *
 * @param sandbox what was asked for: {@code docker} or {@code bubblewrap}
 * @param found one line; where it works it begins with the name that results give the sandbox
 * @param remedy one command that mends what is missing or weak, for a shell in the folder of the
 *     sources; none where all is well
 */
public record SandboxLook(String sandbox, Fitness fitness, String found, Optional<String> remedy) {

  /** Whether programs that nobody has read can be run in it. */
  public enum Fitness {
    READY,
    /** Slots start, but hold less than they should or lack a library. */
    WEAK,
    MISSING
  }

  /** Looks at every sandbox that isolates; takes some seconds, of which nothing stays behind. */
  public static List<SandboxLook> all() throws InterruptedException {
    Machine machine = Machine.here();
    SandboxSettings settings = SandboxSettings.standard();
    return List.of(
        new DockerLook(machine, () -> Docker.of(settings, Docker.IMAGE)).look(),
        new BubblewrapLook(
                machine, () -> Bubblewrap.of(settings), () -> ControlGroup.refusal(settings))
            .look());
  }

  static SandboxLook missing(String sandbox, String found, String remedy) {
    return new SandboxLook(sandbox, Fitness.MISSING, found, Optional.of(remedy));
  }
}
