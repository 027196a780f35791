package org.seedwright.pipelines.rows;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that a command writes: nothing is in it under its own name before all is whole. What
 * an interrupted run left is removed by the next.
 */
final class OutFolder implements Closeable {
  private static final String HIDDEN = ".unfinished";

  private final Path folder;
  private final Path hidden;

  private OutFolder(Path folder) throws IOException {
    this.folder = folder;
    this.hidden = folder.resolve(HIDDEN);
    Files.createDirectories(folder);
    remove(hidden);
    Files.createDirectory(hidden);
  }

  /**
   * Begins to write.
   *
   * @throws RowFileException if something else is there
   */
  static OutFolder begin(Path folder) throws IOException {
    if (Files.exists(folder)) {
      if (!Files.isDirectory(folder)) {
        throw new RowFileException("%s is not a folder".formatted(folder));
      }
      try (Stream<Path> held = Files.list(folder)) {
        if (held.anyMatch(path -> !path.getFileName().toString().equals(HIDDEN))) {
          throw new RowFileException(
              "%s is there and not empty: name another folder".formatted(folder));
        }
      }
    }
    return new OutFolder(folder);
  }

  /** Where to write meanwhile. */
  Path hidden() {
    return hidden;
  }

  /** Gives these their own names. */
  void complete(List<String> names) throws IOException {
    for (String name : names) {
      Files.move(hidden.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public void close() throws IOException {
    remove(hidden);
  }

  private static void remove(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
