package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seedwright.pipelines.workspace.Workspace;

/**
 * The files of a workspace.
 *
 * @param folder absolute path of what only the command's process needs: the store, caches, logs
 * @param root where the stages are: the same folder, or one on another file system
 */
record WorkspaceFiles(Path folder, String root) {
  static WorkspaceFiles of(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
      throw new WrongInputException("--workspace %s is not a folder".formatted(absolute));
    }
    return new WorkspaceFiles(absolute, absolute.toString());
  }

  /**
   * A workspace such as {@code gs://bucket/ws}, whose own folder here is workspace/gs/bucket/ws.
   */
  static WorkspaceFiles remote(String root) throws IOException {
    return new WorkspaceFiles(of(Path.of("workspace", root.split(":?/+", -1))).folder(), root);
  }

  /** Tells whether the stages are on a file system of this machine. */
  boolean isLocal() {
    return root.equals(folder.toString());
  }

  Workspace workspace() {
    return new Workspace(root);
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
