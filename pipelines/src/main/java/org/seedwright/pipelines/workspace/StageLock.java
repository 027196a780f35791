package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two processes from computing one stage of a local workspace at the same time. The system
 * gives the lock up when its process ends, however it ends.
 */
final class StageLock implements AutoCloseable {
  // To close any channel of a file gives up every lock that the process has on it (POSIX), so a
  // lock that this process holds is refused before its file is opened.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private StageLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a stage folder.
   *
   * @throws WorkspaceBusyException if another process holds it, or another attempt of this one; the
   *     message names the process
   */
  static StageLock take(Path stageFolder) throws IOException {
    Path locks = stageFolder.resolveSibling(".locks");
    Files.createDirectories(locks);
    // One name for one file, whatever links lead to it.
    Path file = locks.toRealPath().resolve(stageFolder.getFileName() + ".lock");
    String pid = Long.toString(ProcessHandle.current().pid());
    if (!HELD.add(file)) {
      throw busy(stageFolder, pid);
    }
    try {
      return new StageLock(file, lock(stageFolder, file, pid));
    } catch (IOException | RuntimeException e) {
      HELD.remove(file);
      throw e;
    }
  }

  private static FileChannel lock(Path stageFolder, Path file, String pid) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw busy(stageFolder, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static WorkspaceBusyException busy(Path stageFolder, String holder) {
    return new WorkspaceBusyException(
        "%s is being computed by process %s; wait for it or stop it"
            .formatted(stageFolder, holder.isEmpty() ? "(unknown)" : holder));
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(file);
    }
  }
}
