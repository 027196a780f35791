package org.seedwright.pipelines.story;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.seedwright.analysis.RunStage;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.workspace.StageFiles;
import org.seedwright.pipelines.workspace.StageManifest;

/**
 * A finished stage of a local workspace, to be read.
 *
 * @param folder where its tables are
 * @param manifest what it says of itself
 */
public record FinishedStage(Path folder, StageManifest manifest) {
  private static final String PARTS = "part-";
  private static final String PARQUET = ".parquet";

  /** Returns the stage's name, unique in a run. */
  public String name() {
    return manifest.stage();
  }

  /** Returns the names of its tables; the empty name is the main table's and comes first. */
  public List<String> tables() {
    var names = new TreeSet<String>();
    for (StageManifest.FileEntry entry : manifest.files()) {
      int slash = entry.file().indexOf('/');
      String file = entry.file().substring(slash + 1);
      if (file.startsWith(PARTS) && file.endsWith(PARQUET)) {
        names.add(slash < 0 ? "" : entry.file().substring(0, slash));
      }
    }
    return List.copyOf(names);
  }

  /** Returns how many rows a table has; 0 where there is no such table. */
  public long rows(String table) {
    return entries(table).stream().mapToLong(StageManifest.FileEntry::rows).sum();
  }

  /** Returns the parts of a table that hold rows. */
  public List<Path> parts(String table) {
    return entries(table).stream()
        .filter(entry -> entry.rows() > 0)
        .map(entry -> folder.resolve(entry.file()))
        .toList();
  }

  /**
   * Checks that parts hold the bytes that were written; to be called before they are read.
   *
   * @throws org.seedwright.pipelines.workspace.DamagedStageException if one does not
   */
  public void requireUnaltered(List<Path> parts) throws IOException {
    new StageFiles(folder.toString(), manifest)
        .requireUnaltered(file -> parts.contains(folder.resolve(file)));
  }

  /**
   * Returns the stage for the queries of analysis.
   *
   * @param withRows whether its rows are to be read; otherwise the manifest alone
   */
  public RunStage forAnalysis(boolean withRows) throws IOException {
    return new RunStage(
        name(),
        Files.readString(folder.resolve(StageManifest.FILE), StandardCharsets.UTF_8),
        withRows ? parts("") : List.of(),
        withRows ? parts(Rejection.TABLE) : List.of());
  }

  /** Returns a table that the stage has. */
  TableFolder table(String table) {
    return new TableFolder(folder.toString(), prefix(table), new Shards(manifest.shards()));
  }

  private List<StageManifest.FileEntry> entries(String table) {
    String begin = prefix(table) + PARTS;
    return manifest.files().stream()
        .filter(entry -> entry.file().startsWith(begin) && entry.file().endsWith(PARQUET))
        .toList();
  }

  private static String prefix(String table) {
    return table.isEmpty() ? "" : table + "/";
  }
}
