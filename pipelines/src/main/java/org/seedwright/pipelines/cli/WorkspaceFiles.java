package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seedwright.pipelines.workspace.Workspace;

/**
 * The files of a local workspace.
 *
 * @param folder its absolute path
 */
record WorkspaceFiles(Path folder) {
  static WorkspaceFiles of(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
      throw new WrongInputException("--workspace %s is not a folder".formatted(absolute));
    }
    return new WorkspaceFiles(absolute);
  }

  Workspace workspace() {
    return new Workspace(folder.toString());
  }

  Path store() {
    return folder.resolve("responses").resolve("responses.sqlite");
  }

  Path digests() {
    return folder.resolve("cache").resolve("digests.tsv");
  }

  Path run(String name) {
    return folder.resolve("runs").resolve(name);
  }

  Path runLog(String name) {
    return run(name).resolve("run.log");
  }
}
