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
  private Path folder;

  WorkspaceFiles open() throws IOException {
    return WorkspaceFiles.of(folder);
  }
}
