package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.file.Path;

/** Child process of a test: takes the lock of a stage, says so or why not, and waits. */
final class HoldingAStage {
  private HoldingAStage() {}

  public static void main(String[] arguments) throws IOException {
    try (var lock = StageLock.take(Path.of(arguments[0]))) {
      System.out.println("took " + lock.getClass().getSimpleName());
      // Until the parent closes the pipe or kills.
      int end = System.in.read();
      System.out.println("gave up at " + end);
    } catch (WorkspaceBusyException e) {
      System.out.println(e.getMessage());
    }
  }
}
