package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.seedwright.pipelines.table.ContentHash;
import org.seedwright.pipelines.table.NewFile;
import org.seedwright.pipelines.table.PartSummary;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.TableFolder;

/**
 * One attempt at a stage. It writes into a folder of its own; only when all is there do the files
 * move to the stage's folder, and its manifest is written last. A process that dies leaves the
 * attempt behind, never half a stage.
 */
public final class StageAttempt implements AutoCloseable {
  /** How the folder of an attempt begins. */
  static final String ATTEMPT = ".attempt-";

  private final Workspace workspace;
  private final String finalFolder;
  private final String folder;
  private final Shards shards;
  private final Map<String, TableFolder> tables = new LinkedHashMap<>();
  private final List<StageManifest.FileEntry> exports = new ArrayList<>();
  private final Optional<StageLock> lock;

  private StageAttempt(
      Workspace workspace, String finalFolder, Shards shards, Optional<StageLock> lock) {
    this.workspace = workspace;
    this.finalFolder = finalFolder;
    this.shards = shards;
    this.lock = lock;
    int slash = finalFolder.lastIndexOf('/');
    // A name for a folder that is moved or removed; no row depends on it.
    this.folder =
        "%s/%s%s-%s"
            .formatted(
                finalFolder.substring(0, slash),
                ATTEMPT,
                finalFolder.substring(slash + 1),
                UUID.randomUUID());
  }

  /**
   * Begins an attempt.
   *
   * @throws WorkspaceBusyException if another process computes this stage of a local workspace
   */
  public static StageAttempt begin(Workspace workspace, String stageFolder, Shards shards)
      throws IOException {
    if (!workspace.isLocal()) {
      return new StageAttempt(workspace, stageFolder, shards, Optional.empty());
    }
    Path folder = Path.of(stageFolder);
    var lock = StageLock.take(folder);
    // Whoever made an earlier attempt held this lock, and is gone.
    LocalFiles.removeTrees(folder.getParent(), ATTEMPT + folder.getFileName() + "-");
    return new StageAttempt(workspace, stageFolder, shards, Optional.of(lock));
  }

  /** Returns the name of the stage folder that a folder, be it of an attempt, belongs to. */
  static String stageOf(String folderName) {
    // What follows the stage's name is a hyphen and the 36 characters of a UUID.
    int end = folderName.length() - 37;
    return folderName.startsWith(ATTEMPT) && end > ATTEMPT.length()
        ? folderName.substring(ATTEMPT.length(), end)
        : folderName;
  }

  /** Returns the folder of a table of this stage; the empty name is the main table. */
  public TableFolder table(String name) {
    return tables.computeIfAbsent(
        name, key -> new TableFolder(folder, key.isEmpty() ? "" : key + "/", shards));
  }

  /** Returns the path of an export beside the tables, to be told of by {@link #exported}. */
  public String exportPath(String file) {
    return folder + "/" + file;
  }

  /** Tells of an export that was written. */
  public void exported(StageManifest.FileEntry entry) {
    exports.add(entry);
  }

  /** Tells whether the stage has a table of this name. */
  public boolean has(String table) {
    return tables.containsKey(table);
  }

  /** Reads the summaries of a table's parts. */
  public List<PartSummary> summaries(String table) throws IOException {
    return table(table).summaries();
  }

  public ContentHash contentHash() throws IOException {
    return summaries("").stream()
        .map(PartSummary::hash)
        .reduce(ContentHash.EMPTY, ContentHash::plus);
  }

  /** Returns an entry for every file that the attempt wrote, by name. */
  public List<StageManifest.FileEntry> files() throws IOException {
    var files = new ArrayList<>(exports);
    for (String table : tables.keySet()) {
      for (PartSummary part : summaries(table)) {
        files.add(
            new StageManifest.FileEntry(
                part.file(), part.sha256(), part.bytes(), part.hash().rows()));
      }
    }
    files.sort(Comparator.comparing(StageManifest.FileEntry::file));
    return files;
  }

  /**
   * Moves the files to the stage's folder and writes the manifest. If a manifest came to be there
   * in the meantime, it stands, and this attempt is dropped.
   *
   * @throws IllegalStateException if the ledger of the manifest does not balance
   * @throws IOException if a file that the manifest names is not there; no manifest is written then
   */
  public StageManifest commit(StageManifest manifest) throws IOException {
    manifest.units().check(manifest.stage());
    Optional<StageManifest> winner = workspace.manifest(finalFolder);
    if (winner.isPresent()) {
      return winner.get();
    }
    var from = new ArrayList<ResourceId>();
    var to = new ArrayList<ResourceId>();
    for (StageManifest.FileEntry entry : manifest.files()) {
      from.add(FileSystems.matchNewResource(folder + "/" + entry.file(), false));
      to.add(FileSystems.matchNewResource(finalFolder + "/" + entry.file(), false));
    }
    try {
      FileSystems.rename(from, to);
      writeWhole(finalFolder, StageManifest.FILE, manifest.json());
    } catch (IOException e) {
      // Without a manifest these files are nobody's, and a disk may be full of them.
      if (workspace.isLocal()) {
        LocalFiles.removeTree(Path.of(finalFolder));
      }
      throw e;
    }
    return manifest;
  }

  /** Writes a small file under a hidden name and renames it, so that it is whole or not there. */
  static void writeWhole(String folder, String name, String text) throws IOException {
    String hidden = folder + "/." + name;
    try (OutputStream out = NewFile.create(hidden, "application/json")) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    FileSystems.rename(
        List.of(FileSystems.matchNewResource(hidden, false)),
        List.of(FileSystems.matchNewResource(folder + "/" + name, false)),
        MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Removes what is left of the attempt and gives up the lock. */
  @Override
  public void close() throws IOException {
    try {
      removeFolder();
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  private void removeFolder() throws IOException {
    if (workspace.isLocal()) {
      LocalFiles.removeTree(Path.of(folder));
      return;
    }
    MatchResult match = FileSystems.match(folder + "/**", EmptyMatchTreatment.ALLOW);
    FileSystems.delete(
        match.metadata().stream().map(MatchResult.Metadata::resourceId).toList(),
        MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
