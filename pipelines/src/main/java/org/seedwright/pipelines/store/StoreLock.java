package org.seedwright.pipelines.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second process (or a second store object of this one) away from a store file. The lock is
 * the operating system's, so it ends with the process however that ends; the lock file holds the
 * owner's process id for the message.
 */
public final class StoreLock implements AutoCloseable {
  // POSIX drops a process's lock as soon as the process closes any descriptor of the file, so a
  // second store object of this process must be refused before it opens the lock file.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private StoreLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock.
   *
   * @param kind what the store is called in messages, {@code response store} for example
   * @throws StoreException when another has it; the message names the process
   */
  public static StoreLock of(String kind, Path store) {
    Path file;
    try {
      file = store.toAbsolutePath().getParent().toRealPath().resolve(store.getFileName() + ".lock");
    } catch (IOException e) {
      throw new StoreException(
          "cannot lock the %s %s: %s".formatted(kind, store, e.getMessage()), e);
    }
    if (!HELD.add(file)) {
      throw busy(kind, store, Long.toString(ProcessHandle.current().pid()));
    }
    boolean taken = false;
    try {
      StoreLock lock = lock(kind, store, file);
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        HELD.remove(file);
      }
    }
  }

  /** Returns the process that has a store open, without taking it. */
  static Optional<String> owner(Path store) throws IOException {
    Path file = store.toRealPath().resolveSibling(store.getFileName() + ".lock");
    if (HELD.contains(file)) {
      return Optional.of(Long.toString(ProcessHandle.current().pid()));
    }
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      if (lock != null) {
        return Optional.empty();
      }
      String owner = Files.readString(file).strip();
      return Optional.of(owner.isEmpty() ? "(unknown)" : owner);
    }
  }

  private static StoreLock lock(String kind, Path store, Path file) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw busy(kind, store, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)),
          0);
      var taken = new StoreLock(file, channel, lock);
      channel = null;
      return taken;
    } catch (IOException e) {
      throw new StoreException(
          "cannot lock the %s %s: %s".formatted(kind, store, e.getMessage()), e);
    } finally {
      closeQuietly(channel);
    }
  }

  private static StoreException busy(String kind, Path store, String owner) {
    return new StoreException(
        "the %s %s is in use by process %s; wait until it ends or stop it"
            .formatted(kind, store, owner.isEmpty() ? "(unknown)" : owner));
  }

  private static void closeQuietly(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing was written through it; the exception on its way says what matters.
      }
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new StoreException("cannot release " + file, e);
    } finally {
      HELD.remove(file);
    }
  }
}
