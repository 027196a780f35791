package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The commands that take an experiment by batch one step further, as one would type them.
 *
 * @param store where it is not the workspace's own
 */
record BatchCommands(Path experiment, WorkspaceFiles files, Optional<String> store) {

  /** Writes what is outstanding. */
  String export(String out) {
    return "./seedwright batch export %s --out %s%s"
        .formatted(word(experiment.toString()), out, places());
  }

  /** Reads what the service replied. */
  String bring() {
    return "./seedwright batch import %s REPLIES.jsonl%s"
        .formatted(word(experiment.toString()), places());
  }

  String run() {
    return "./seedwright run %s%s".formatted(word(experiment.toString()), places());
  }

  private String places() {
    boolean usual = Path.of("workspace").toAbsolutePath().normalize().equals(files.folder());
    return (usual ? "" : " --workspace " + word(files.folder().toString()))
        + store.map(file -> " --store " + word(file)).orElse("");
  }

  /** A text as one word of a shell. */
  private static String word(String text) {
    return text.matches("[A-Za-z0-9_./+,:@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
