package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;

/** Files of a workspace on a local disk. */
final class LocalFiles {
  private LocalFiles() {}

  /** Removes the folders inside a folder whose names begin so; the outer one may be absent. */
  static void removeTrees(Path folder, String prefix) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var inside = Files.list(folder)) {
      for (Path one :
          inside.filter(path -> path.getFileName().toString().startsWith(prefix)).toList()) {
        removeTree(one);
      }
    }
  }

  /** Removes a folder with all that is in it; an absent one is fine. */
  static void removeTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Returns the bytes of all files in a folder; what vanishes meanwhile counts nothing. */
  static long bytes(Path folder) throws IOException {
    long[] sum = {0};
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }
}
