package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data}: where benchmark files are. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Folder with benchmark files. Default: what SEEDWRIGHT_DATA names, or else seedwright in"
              + " the user's cache folder (~/.cache).")
  private Path folder;

  Path folder() {
    return folder == null ? DataFolder.orCache() : folder;
  }
}
