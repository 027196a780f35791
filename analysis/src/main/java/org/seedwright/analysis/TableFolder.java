package org.seedwright.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table on a local file system: its parts, which share one schema.
 *
 * @param parts Parquet files, at least one, in the order in which rows are read
 */
public record TableFolder(List<Path> parts) {
  public TableFolder {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new TableException("a table needs at least one part");
    }
  }

  /**
   * The table of a folder: its files {@code part-*.parquet}, by name. Folders inside it are other
   * tables.
   *
   * @throws TableException if there is no such folder or no part in it
   */
  public static TableFolder of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new TableException("no table: %s is not a folder".formatted(folder));
    }
    List<Path> parts = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "part-*.parquet")) {
      files.forEach(parts::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s".formatted(folder), e);
    }
    if (parts.isEmpty()) {
      throw new TableException("no table: %s holds no part-*.parquet".formatted(folder));
    }
    Collections.sort(parts);
    return new TableFolder(parts);
  }
}
