package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where stages, stores and runs are. */
final class WorkspaceOption {
  @Option(
      names = "--workspace",
      paramLabel = "FOLDER",
      description = "Where stages, responses and runs are kept; default: ${DEFAULT-VALUE}.",
      defaultValue = "workspace")
  private String folder;

  /** Opens a workspace of this machine. */
  WorkspaceFiles open() throws IOException {
    if (folder.contains("://")) {
      throw new WrongInputException(
          "--workspace %s is not a folder of this machine; only run --runner dataflow takes another"
              .formatted(folder));
    }
    return WorkspaceFiles.of(Path.of(folder));
  }

  /**
   * Opens a workspace on another file system; what only the command needs stays on this machine.
   */
  WorkspaceFiles openRemote() throws IOException {
    return WorkspaceFiles.remote(given());
  }

  /** Returns the option's value, without slashes at its end. */
  String given() {
    return folder.replaceFirst("(?<=[^/])/+$", "");
  }
}
