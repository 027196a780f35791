package org.seedwright.pipelines.cli;

import java.util.List;
import org.seedwright.evaluate.sandbox.SandboxLook;

/** The sandboxes of this machine; to have none is no problem of a run, which executes nothing. */
final class SandboxChecks {
  private SandboxChecks() {}

  static List<Check> all() throws InterruptedException {
    return SandboxLook.all().stream().map(SandboxChecks::of).toList();
  }

  static Check of(SandboxLook look) {
    Check.State state =
        switch (look.fitness()) {
          case READY -> Check.State.OK;
          case WEAK -> Check.State.NOTE;
          case MISSING -> Check.State.MISSING;
        };
    return new Check(look.sandbox(), state, look.found(), look.remedy());
  }
}
