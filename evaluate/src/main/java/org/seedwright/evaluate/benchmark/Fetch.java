package org.seedwright.evaluate.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Puts published files where benchmarks are looked for. A file appears there whole and of the
 * pinned content, or not at all; what a broken download left is gone on with by the next one.
 */
public final class Fetch {
  private static final int ATTEMPTS = 5;

  private final Path folder;
  private final Duration pause;
  private final Duration patience;

  /**
   * A fetch into a folder.
   *
   * @param folder a data folder; made where it is not there
   * @param pause before the second attempt, twice that before the third, and so on
   * @param patience how long a server may be silent
   */
  public Fetch(Path folder, Duration pause, Duration patience) {
    this.folder = folder;
    this.pause = pause;
    this.patience = patience;
  }

  /** Whether something had to be fetched. */
  public enum Fetched {
    /** The file was there. */
    PRESENT,
    /** The file was downloaded. */
    DOWNLOADED;

    /** Stable kebab-case name. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Makes sure that the benchmark's file is there.
   *
   * @throws FetchException if it has no official place, could not be downloaded, or is there with
   *     other content, which is left as it is
   */
  public Fetched fetch(Benchmark benchmark) {
    return fetch(benchmark.id(), benchmark.file());
  }

  Fetched fetch(String benchmark, DataFile file) {
    Path target = file.in(folder);
    try {
      if (Files.exists(target)) {
        if (file.isPinned(Files.readAllBytes(target))) {
          return Fetched.PRESENT;
        }
        throw new FetchException(
            "benchmark %s: %s is not the pinned content; remove it to fetch it again"
                .formatted(benchmark, target));
      }
      DataFile.Official official =
          file.official()
              .orElseThrow(
                  () ->
                      new FetchException(
                          "benchmark %s: no place is known to fetch it from; it is %s"
                              .formatted(benchmark, file.origin())));
      Files.createDirectories(target.getParent());
      Path part = target.resolveSibling(target.getFileName() + ".part");
      try (FileChannel channel =
          FileChannel.open(
              part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        lock(channel, benchmark, part);
        download(benchmark, file, new Download(official.url(), channel, patience));
        publish(Files.readAllBytes(part), target);
        Files.delete(part);
      }
      return Fetched.DOWNLOADED;
    } catch (IOException e) {
      throw new FetchException(
          "benchmark %s: cannot write %s: %s".formatted(benchmark, target, e.getMessage()), e);
    }
  }

  /** Keeps the file for this fetch until the channel is closed. */
  private static void lock(FileChannel channel, String benchmark, Path part) throws IOException {
    boolean isOurs;
    try {
      isOurs = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      isOurs = false;
    }
    if (!isOurs) {
      throw new FetchException(
          "benchmark %s: another fetch is writing %s".formatted(benchmark, part));
    }
  }

  private void download(String benchmark, DataFile file, Download download) throws IOException {
    String last = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (attempt > 1) {
        sleep(pause.multipliedBy(attempt - 1L));
      }
      boolean isResumed = download.size() > 0;
      Download.End end = download.attempt();
      if (end.isWhole()) {
        if (file.isPinned(download.bytes())) {
          return;
        }
        last =
            "its sha256 is %s, but the benchmark is pinned to %s"
                .formatted(DataFile.digest("SHA-256", download.bytes()), file.sha256());
        download.discard();
        if (!isResumed) {
          break;
        }
      } else {
        last = end.flaw();
        if (!end.isWorthARetry()) {
          break;
        }
      }
    }
    throw new FetchException(
        "benchmark %s: cannot fetch %s: %s".formatted(benchmark, download.url(), last));
  }

  /** What its publishers keep plain is compressed, since it is looked for under such a name. */
  private static void publish(byte[] bytes, Path target) throws IOException {
    Path whole = target.resolveSibling(target.getFileName() + ".whole");
    boolean isPlain = DataFile.uncompressed(bytes) == bytes;
    try (OutputStream out =
        isPlain && target.getFileName().toString().endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(whole))
            : Files.newOutputStream(whole)) {
      out.write(bytes);
    }
    Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException("interrupted", e);
    }
  }
}
