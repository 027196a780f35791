package org.seedwright.pipelines.corpus;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import org.seedwright.evolve.Identity;

/**
 * Reads the units of a file of a source one after the other, each once, in the file's order. Memory
 * does not grow with the file: one unit is held at a time, and of one that is too long only its
 * beginning; beside it licence files, and 16 bytes a unit to know repeated ones.
 *
 * <p>Nothing is unpacked to disk. Entries of archives that are links or devices, or whose path is
 * absolute or leads out of the archive, are refused one by one, and so are entries of a zip archive
 * that are encrypted or damaged; an archive that cannot be read to its end, or that expands like a
 * bomb, is an error that names it and the entry.
 */
public final class ContainerReader {
  /** Takes units. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes a unit; its bytes are the visitor's to keep. */
    void found(FoundFile file) throws IOException;
  }

  private static final int BUFFER = 1 << 16;

  private final Container container;
  private final Path file;
  private final long mostBytes;
  private final CorpusColumns columns;
  private final Visitor visitor;
  private final SeenFiles seen = new SeenFiles();
  private long ordinal;

  private ContainerReader(
      Container container, Path file, long mostBytes, CorpusColumns columns, Visitor visitor) {
    this.container = container;
    this.file = file;
    this.mostBytes = mostBytes;
    this.columns = columns;
    this.visitor = visitor;
  }

  /**
   * Reads a file of a source to its end.
   *
   * @param file where it is
   * @param mostBytes of a longer unit only the beginning is held
   * @param columns how the rows of a corpus are read
   * @throws CorpusException if it cannot be read as what it was listed as
   * @throws IOException if it changed since it was listed
   */
  public static void read(
      Container container, Path file, long mostBytes, CorpusColumns columns, Visitor visitor)
      throws IOException {
    new ContainerReader(container, file, mostBytes, columns, visitor).read();
  }

  private void read() throws IOException {
    switch (container.form()) {
      case FILE -> readFile();
      case ZIP -> {
        unchanged(DigestCache.digest(file));
        new ZipEntries(this).read();
      }
      case TAR_GZ -> new TarEntries(this).read();
      case JSON_LINES, JSON_LINES_GZ -> new JsonLines(this, columns).read();
      case PARQUET -> {
        unchanged(DigestCache.digest(file));
        new ParquetFile(this, columns).read();
      }
    }
  }

  private void readFile() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      ReadBytes read = ReadBytes.of(in, mostBytes + 1);
      unchanged(read.sha256());
      visitor.found(FoundFile.of(container.path(), read, container.provenance()));
    }
  }

  Container container() {
    return container;
  }

  Path file() {
    return file;
  }

  /** Returns how many bytes of a unit are held, so that one that is too long is known as such. */
  long held() {
    return mostBytes + 1;
  }

  /** Hands a unit on; what the container's own provenance says holds where the unit's is silent. */
  void found(FoundFile found) throws IOException {
    ordinal++;
    FoundFile unit = found;
    while (!seen.add(Identity.document(container.source(), unit.path(), unit.sha256()))) {
      unit = unit.repeated("%s#%d".formatted(unit.path(), ordinal));
    }
    visitor.found(unit);
  }

  /** A stream over the file that knows afterwards whether the file is as it was listed. */
  final class Bytes implements AutoCloseable {
    private final DigestInputStream in;
    private final InputStream buffered;

    Bytes() throws IOException {
      in = new DigestInputStream(Files.newInputStream(file), Identity.sha256());
      buffered = new BufferedInputStream(in, BUFFER);
    }

    InputStream stream() {
      return buffered;
    }

    /** Reads what is left and compares. */
    void checkUnchanged() throws IOException {
      buffered.transferTo(OutputStream.nullOutputStream());
      unchanged(HexFormat.of().formatHex(in.getMessageDigest().digest()));
    }

    @Override
    public void close() throws IOException {
      buffered.close();
    }
  }

  private void unchanged(String sha256) throws IOException {
    if (!sha256.equals(container.sha256())) {
      throw new IOException("%s changed while it was read; run again".formatted(file));
    }
  }

  /** Returns an error that names source, file and what was read last. */
  CorpusException unreadable(String what, String last, Throwable cause) {
    return new CorpusException(
        "source %s: %s is not %s that can be read to its end: %s (at %s). It may be cut short or damaged: fetch it again, or leave it out with exclude.paths"
            .formatted(
                container.source(),
                container.path(),
                what,
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(),
                Names.shown(last)),
        cause);
  }
}
