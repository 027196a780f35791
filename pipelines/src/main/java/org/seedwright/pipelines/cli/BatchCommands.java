package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The commands that take an experiment by batch one step further, as one would type them.
 *
 * @param store where it is not the workspace's own
 */
record BatchCommands(Path experiment, WorkspaceFiles files, Optional<Path> store) {

  /** Writes what is outstanding. */
  String export(String out) {
    return "./seedwright batch export %s --out %s%s".formatted(word(experiment), out, places());
  }

  /** Reads what the service replied. */
  String bring() {
    return "./seedwright batch import %s REPLIES.jsonl%s".formatted(word(experiment), places());
  }

  String run() {
    return "./seedwright run %s%s".formatted(word(experiment), places());
  }

  private String places() {
    boolean usual = Path.of("workspace").toAbsolutePath().normalize().equals(files.folder());
    return (usual ? "" : " --workspace " + word(files.folder()))
        + store.map(file -> " --store " + word(file)).orElse("");
  }

  /** A path as one word of a shell. */
  private static String word(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9_./+,:@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
