package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Says while a process lives which stage folders of a local workspace it reads and writes, so that
 * nobody removes them. On other file systems nothing is said, and nothing is removed there.
 */
public final class WorkspaceUse implements AutoCloseable {
  private static final String BEGIN = "use-";

  private final Optional<ProcessLock> lock;

  private WorkspaceUse(Optional<ProcessLock> lock) {
    this.lock = lock;
  }

  /**
   * Says what this process uses, until it is closed or the process ends.
   *
   * @param stageFolders of stages of this workspace, be they there or not
   */
  public static WorkspaceUse of(Workspace workspace, List<String> stageFolders) throws IOException {
    if (!workspace.isLocal()) {
      return new WorkspaceUse(Optional.empty());
    }
    Path locks = locks(Path.of(workspace.root()));
    Files.createDirectories(locks);
    var text = new StringBuilder().append(ProcessHandle.current().pid()).append('\n');
    stageFolders.forEach(folder -> text.append(name(folder)).append('\n'));
    // A name of a file that is removed; nobody else comes by it.
    Path file = locks.resolve(BEGIN + UUID.randomUUID());
    return new WorkspaceUse(ProcessLock.take(file, text.toString()));
  }

  private static String name(String folder) {
    return folder.substring(folder.lastIndexOf('/') + 1);
  }

  private static Path locks(Path root) {
    return root.resolve("stages").resolve(ProcessLock.FOLDER);
  }

  /**
   * Returns the names of the stage folders that other processes use, with the id of one that does.
   * What processes left behind that live no more is removed.
   */
  static Map<String, String> byOthers(Path root) throws IOException {
    var used = new HashMap<String, String>();
    for (Path file : files(root)) {
      Optional<ProcessLock> dead = ProcessLock.take(file, "");
      if (dead.isPresent()) {
        dead.get().remove();
        continue;
      }
      List<String> lines = ProcessLock.text(file).lines().toList();
      lines.stream().skip(1).forEach(folder -> used.put(folder, lines.get(0)));
    }
    return used;
  }

  private static Set<Path> files(Path root) throws IOException {
    Path locks = locks(root);
    if (!Files.isDirectory(locks)) {
      return Set.of();
    }
    try (var list = Files.list(locks)) {
      var files = new LinkedHashSet<Path>();
      list.filter(path -> path.getFileName().toString().startsWith(BEGIN))
          .sorted()
          .forEach(files::add);
      return files;
    }
  }

  @Override
  public void close() throws IOException {
    if (lock.isPresent()) {
      lock.get().remove();
    }
  }
}
