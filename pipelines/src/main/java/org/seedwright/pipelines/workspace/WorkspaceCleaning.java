package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Removes from a local workspace what nobody needs: what unfinished attempts left behind, and
 * stages that no run names. Touches nothing but stages, and nothing that another process computes
 * or reads.
 *
 * @param removed what is gone, or would go
 * @param kept what would go if no other process used it
 */
public record WorkspaceCleaning(List<Found> removed, List<Kept> kept) {
  /** Why a folder goes. */
  public enum Why {
    /** An attempt or a stage without a manifest. */
    UNFINISHED("unfinished"),
    /** A finished stage that no run names. */
    UNREFERENCED("no run names it"),
    /** A finished stage whose files are not those that were written. */
    DAMAGED("damaged");

    private final String words;

    Why(String words) {
      this.words = words;
    }

    /** Returns it for people. */
    public String words() {
      return words;
    }
  }

  /**
   * A folder that goes.
   *
   * @param bytes of its files
   */
  public record Found(Path folder, Why why, long bytes) {}

  /**
   * A folder that stays because it is in use.
   *
   * @param process that uses it
   */
  public record Kept(Path folder, Why why, String process) {}

  public WorkspaceCleaning {
    removed = List.copyOf(removed);
    kept = List.copyOf(kept);
  }

  /** Returns the bytes of all that is gone, or would go. */
  public long bytes() {
    return removed.stream().mapToLong(Found::bytes).sum();
  }

  /**
   * Cleans a workspace.
   *
   * @param damaged whether finished stages go too whose files are not those that were written;
   *     every file is read for that
   * @param dryRun whether to tell only what would go
   * @throws IOException if the record of a run cannot be read, since then nobody knows what it
   *     names; nothing is removed
   */
  public static WorkspaceCleaning of(Path root, boolean damaged, boolean dryRun)
      throws IOException {
    Map<String, String> used = WorkspaceUse.byOthers(root);
    WorkspaceContents contents = WorkspaceContents.of(root);
    var removed = new ArrayList<Found>();
    var kept = new ArrayList<Kept>();
    for (StageFolder folder : contents.unfinished()) {
      clean(folder, Why.UNFINISHED, used, dryRun, removed, kept);
    }
    for (StageFolder folder : contents.stages()) {
      // What cannot be read may be of a later build.
      if (folder.manifest().isEmpty()) {
        continue;
      }
      StageManifest manifest = folder.manifest().get();
      if (contents.usedBy(manifest).isEmpty()) {
        clean(folder, Why.UNREFERENCED, used, dryRun, removed, kept);
      } else if (damaged && !new StageFiles(folder.path().toString(), manifest).flaws().isEmpty()) {
        clean(folder, Why.DAMAGED, used, dryRun, removed, kept);
      }
    }
    return new WorkspaceCleaning(removed, kept);
  }

  private static void clean(
      StageFolder folder,
      Why why,
      Map<String, String> used,
      boolean dryRun,
      List<Found> removed,
      List<Kept> kept)
      throws IOException {
    Path stage = folder.path().resolveSibling(StageAttempt.stageOf(folder.name()));
    String user = used.get(stage.getFileName().toString());
    // An attempt that nobody works on is nobody's, whoever reads the finished stage.
    if (user != null && !folder.isAttempt()) {
      kept.add(new Kept(folder.path(), why, user));
      return;
    }
    StageLock lock;
    try {
      lock = StageLock.take(stage);
    } catch (WorkspaceBusyException e) {
      kept.add(new Kept(folder.path(), why, e.process()));
      return;
    }
    try {
      removed.add(new Found(folder.path(), why, folder.bytes()));
      if (!dryRun) {
        // Its manifest first: whoever is killed meanwhile leaves an unfinished stage behind.
        Files.deleteIfExists(folder.path().resolve(StageManifest.FILE));
        LocalFiles.removeTree(folder.path());
      }
    } finally {
      lock.close();
    }
  }
}
