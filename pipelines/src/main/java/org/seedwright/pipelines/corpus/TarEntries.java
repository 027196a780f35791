package org.seedwright.pipelines.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.seedwright.evolve.Reason;

/**
 * The entries of a tar archive compressed with gzip. It is read twice: a licence may stand behind
 * the files that it holds for.
 */
final class TarEntries {
  /** What is done with an entry. */
  private interface Step {
    void take(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException;
  }

  private static final int BUFFER = 1 << 16;

  private final ContainerReader reader;
  private final Container container;
  private final LicenseFiles licenses = new LicenseFiles();

  TarEntries(ContainerReader reader) {
    this.reader = reader;
    this.container = reader.container();
  }

  void read() throws IOException {
    pass(this::readLicense);
    pass(this::find);
  }

  private void pass(Step step) throws IOException {
    var expansion = new Expansion(container);
    try (ContainerReader.Bytes bytes = reader.new Bytes()) {
      InputStream expanded = open(bytes, expansion);
      var tar = new TarArchiveInputStream(expanded, StandardCharsets.UTF_8.name());
      for (TarArchiveEntry entry = next(tar, expansion);
          entry != null;
          entry = next(tar, expansion)) {
        expansion.at(entry.getName());
        if (!entry.isDirectory()) {
          try {
            step.take(entry, tar);
          } catch (Visited e) {
            throw e.cause;
          } catch (IOException | IllegalArgumentException e) {
            throw reader.unreadable("a tar archive in gzip", expansion.entry(), e);
          }
        }
      }
      // Only the end of the gzip stream tells that nothing was cut off.
      try {
        expanded.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw reader.unreadable("a tar archive in gzip", expansion.entry(), e);
      }
      bytes.checkUnchanged();
    }
  }

  private InputStream open(ContainerReader.Bytes bytes, Expansion expansion) {
    try {
      return expansion.counting(new GZIPInputStream(bytes.stream(), BUFFER));
    } catch (IOException e) {
      throw reader.unreadable("a tar archive in gzip", "its beginning", e);
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar, Expansion expansion) {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw reader.unreadable("a tar archive in gzip", expansion.entry(), e);
    }
  }

  private void readLicense(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    Optional<String> path = Names.safe(entry.getName());
    if (isPlain(entry)
        && path.isPresent()
        && entry.getSize() <= LicenseFiles.LONGEST
        && LicenseFiles.wants(path.get())) {
      licenses.add(path.get(), ReadBytes.of(tar, LicenseFiles.LONGEST).held());
    }
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    return !entry.isSymbolicLink()
        && !entry.isLink()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice()
        && !entry.isFIFO();
  }

  private void find(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    Optional<String> path = Names.safe(entry.getName());
    FoundFile found;
    if (path.isEmpty()) {
      found =
          refused(
              Names.shown(entry.getName()),
              Reason.UNSAFE_PATH,
              "its path is absolute, leads out of the archive or is no path");
    } else if (!isPlain(entry)) {
      found =
          refused(
              path.get(),
              Reason.NOT_A_FILE,
              entry.isSymbolicLink() || entry.isLink() ? "it is a link" : "it is a device");
    } else if (!tar.canReadEntryData(entry)) {
      found =
          refused(path.get(), Reason.UNREADABLE, "it is stored in a way that is not known here");
    } else {
      found =
          FoundFile.of(
              container.inside(path.get()),
              ReadBytes.of(tar, reader.held()),
              licenses.of(path.get()).or(container.provenance()));
    }
    try {
      reader.found(found);
    } catch (IOException e) {
      throw new Visited(e);
    }
  }

  private FoundFile refused(String path, Reason reason, String evidence) {
    return FoundFile.refused(
        container.inside(path), reason, evidence, licenses.of(path).or(container.provenance()));
  }

  /** What whoever takes the units has failed with: no flaw of the archive. */
  private static final class Visited extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient IOException cause;

    Visited(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
