package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one process holds at a time. The system gives it up when the process ends, however it
 * ends.
 */
final class ProcessLock implements AutoCloseable {
  /** Where the locks of a workspace are, among its stages. */
  static final String FOLDER = ".locks";

  // To close any channel of a file gives up every lock that the process has on it (POSIX), so a
  // lock that this process holds is refused before its file is opened.
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a lock.
   *
   * @param file made if it is not there; its folder is there
   * @param text written into the file, for those who come later
   * @return nothing if somebody holds it, be it this process
   */
  static Optional<ProcessLock> take(Path file, String text) throws IOException {
    // One name for one file, whatever links lead to it.
    Path real = file.getParent().toRealPath().resolve(file.getFileName());
    if (HELD.putIfAbsent(real, text) != null) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      FileChannel channel =
          FileChannel.open(
              real, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        taken = channel.tryLock() != null;
        if (taken) {
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
          return Optional.of(new ProcessLock(real, channel));
        }
        return Optional.empty();
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    } finally {
      if (!taken) {
        HELD.remove(real);
      }
    }
  }

  /** Returns what the holder of a lock wrote into it; empty where that is unknown. */
  static String text(Path file) throws IOException {
    Path real = file.getParent().toRealPath().resolve(file.getFileName());
    // To read a lock of one's own would give it up.
    String own = HELD.get(real);
    return own != null ? own : Files.readString(file, StandardCharsets.UTF_8);
  }

  /** Removes the file and gives the lock up. */
  void remove() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      close();
    }
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(file);
    }
  }
}
