package org.seedwright.pipelines.run;

import java.nio.file.Path;
import org.seedwright.pipelines.engine.LocalEngine;

/** Child process of a test: runs an experiment, whose file it is given, until it is killed. */
final class RunningAChain {
  private RunningAChain() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    try (var engine = new LocalEngine(2)) {
      Chain.in(file.toAbsolutePath().getParent()).run(Sketch.read(file), engine);
    }
    System.exit(0);
  }
}
