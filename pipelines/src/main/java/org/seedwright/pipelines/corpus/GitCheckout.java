package org.seedwright.pipelines.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What git says of a checkout; asks the {@code git} command. */
final class GitCheckout {
  private final Path folder;

  GitCheckout(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns the commit that the checkout stands at.
   *
   * @throws CorpusException if tracked files of the folder differ from it: rows would name a
   *     revision that does not hold them
   */
  String revision() {
    String changes = git("status", "--porcelain", "--untracked-files=no", "--", ".");
    if (!changes.isBlank()) {
      throw new CorpusException(
          "%s has uncommitted changes, so no revision holds its files; commit them, or declare the source with kind: folder (first change: %s)"
              .formatted(folder, changes.strip().lines().findFirst().orElse("")));
    }
    return git("rev-parse", "HEAD").strip();
  }

  /** Returns the tracked files, relative to the folder. */
  List<String> files() {
    return Arrays.stream(git("ls-files", "-z").split("\0")).filter(s -> !s.isEmpty()).toList();
  }

  private String git(String... arguments) {
    var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      var builder = new ProcessBuilder(command);
      // Set within a hook, these would name another checkout than the folder's.
      builder
          .environment()
          .keySet()
          .removeAll(List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"));
      // A warning must not be taken for a file or a revision.
      Path errors = Files.createTempFile("seedwright-git", ".txt");
      try {
        Process process = builder.redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
          throw new CorpusException(
              "%s is not a readable git checkout: %s"
                  .formatted(
                      folder,
                      new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).strip()));
        }
        return output;
      } finally {
        Files.deleteIfExists(errors);
      }
    } catch (IOException e) {
      throw new CorpusException(
          "%s is declared as a git checkout, but git does not run: %s"
              .formatted(folder, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CorpusException("interrupted while reading " + folder, e);
    }
  }
}
