package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps two processes from computing one stage of a local workspace at the same time, or from
 * removing what the other computes.
 */
final class StageLock implements AutoCloseable {
  private final ProcessLock lock;

  private StageLock(ProcessLock lock) {
    this.lock = lock;
  }

  /**
   * Takes the lock of a stage folder.
   *
   * @throws WorkspaceBusyException if another process holds it, or another attempt of this one; the
   *     message names the process
   */
  static StageLock take(Path stageFolder) throws IOException {
    Path locks = stageFolder.resolveSibling(ProcessLock.FOLDER);
    Files.createDirectories(locks);
    Path file = locks.resolve(stageFolder.getFileName() + ".lock");
    Optional<ProcessLock> lock =
        ProcessLock.take(file, Long.toString(ProcessHandle.current().pid()));
    if (lock.isEmpty()) {
      String holder = ProcessLock.text(file).strip();
      throw new WorkspaceBusyException(
          "%s is being computed by process %s; wait for it or stop it"
              .formatted(stageFolder, holder.isEmpty() ? "(unknown)" : holder),
          holder);
    }
    return new StageLock(lock.get());
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
