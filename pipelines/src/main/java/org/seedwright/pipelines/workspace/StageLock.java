package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps two processes from computing one stage of a local workspace at the same time. The system
 * gives the lock up when its process ends, however it ends.
 */
final class StageLock implements AutoCloseable {
  private final FileChannel channel;

  private StageLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a stage folder.
   *
   * @throws WorkspaceBusyException if another process holds it; the message names that process
   */
  static StageLock take(Path stageFolder) throws IOException {
    Path file = stageFolder.resolveSibling(".locks").resolve(stageFolder.getFileName() + ".lock");
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel).isEmpty()) {
      String holder = Files.readString(file).strip();
      channel.close();
      throw new WorkspaceBusyException(
          "%s is being computed by process %s; wait for it or stop it"
              .formatted(stageFolder, holder.isEmpty() ? "(unknown)" : holder));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    return new StageLock(channel);
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
