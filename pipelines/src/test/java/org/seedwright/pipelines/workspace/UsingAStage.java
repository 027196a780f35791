package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.util.Arrays;

/** Child process of a test: says that it uses stages of a workspace, and waits. */
final class UsingAStage {
  private UsingAStage() {}

  public static void main(String[] arguments) throws IOException {
    var folders = Arrays.asList(arguments).subList(1, arguments.length);
    try (var use = WorkspaceUse.of(new Workspace(arguments[0]), folders)) {
      System.out.println("uses " + use.getClass().getSimpleName());
      // Until the parent closes the pipe or kills.
      int end = System.in.read();
      System.out.println("gave up at " + end);
    }
  }
}
