package org.seedwright.pipelines.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.seedwright.evolve.Reason;

/**
 * The entries of a zip archive in the order of their data. The archive's directory is in memory,
 * some 700 bytes an entry.
 */
final class ZipEntries {
  private final ContainerReader reader;
  private final Container container;
  private final Expansion expansion;
  private final LicenseFiles licenses = new LicenseFiles();

  ZipEntries(ContainerReader reader) {
    this.reader = reader;
    this.container = reader.container();
    this.expansion = new Expansion(container);
  }

  void read() throws IOException {
    try (ZipFile zip = open()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        Optional<String> path = Names.safe(entry.getName());
        if (isPlain(zip, entry) && path.isPresent() && LicenseFiles.wants(path.get())) {
          readLicense(zip, entry, path.get());
        }
      }
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        if (!entry.isDirectory()) {
          expansion.at(entry.getName());
          reader.found(found(zip, entry));
        }
      }
    }
  }

  private ZipFile open() {
    try {
      return ZipFile.builder().setPath(reader.file()).get();
    } catch (IOException | RuntimeException e) {
      throw reader.unreadable("a zip archive", "its directory", e);
    }
  }

  private static boolean isPlain(ZipFile zip, ZipArchiveEntry entry) {
    return !entry.isDirectory() && !entry.isUnixSymlink() && zip.canReadEntryData(entry);
  }

  private void readLicense(ZipFile zip, ZipArchiveEntry entry, String path) {
    expansion.at(entry.getName());
    try {
      ReadBytes read = bytes(zip, entry, LicenseFiles.LONGEST + 1L);
      if (read.size() <= LicenseFiles.LONGEST) {
        licenses.add(path, read.held());
      }
    } catch (IOException e) {
      // It is a unit too, and refused as one.
      return;
    }
  }

  private FoundFile found(ZipFile zip, ZipArchiveEntry entry) {
    Optional<String> path = Names.safe(entry.getName());
    if (path.isEmpty()) {
      return refused(
          Names.shown(entry.getName()),
          Reason.UNSAFE_PATH,
          "its path is absolute, leads out of the archive or is no path");
    }
    if (entry.isUnixSymlink()) {
      return refused(path.get(), Reason.NOT_A_FILE, "it is a symbolic link");
    }
    if (!zip.canReadEntryData(entry)) {
      return refused(
          path.get(),
          Reason.UNREADABLE,
          entry.getGeneralPurposeBit().usesEncryption()
              ? "it is encrypted"
              : "it is compressed by method %d, which is not known here"
                  .formatted(entry.getMethod()));
    }
    try {
      return FoundFile.of(
          container.inside(path.get()), bytes(zip, entry, reader.held()), provenance(path.get()));
    } catch (IOException e) {
      return refused(path.get(), Reason.UNREADABLE, "its data are damaged: " + e.getMessage());
    }
  }

  private ReadBytes bytes(ZipFile zip, ZipArchiveEntry entry, long most) throws IOException {
    var checksum = new CRC32();
    try (InputStream in =
        expansion.counting(new CheckedInputStream(zip.getInputStream(entry), checksum))) {
      ReadBytes read = ReadBytes.of(in, most);
      if (entry.getCrc() >= 0 && checksum.getValue() != entry.getCrc()) {
        throw new IOException("the checksum is another than the directory's");
      }
      return read;
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private FoundFile refused(String path, Reason reason, String evidence) {
    return FoundFile.refused(container.inside(path), reason, evidence, provenance(path));
  }

  private Provenance provenance(String path) {
    return licenses.of(path).or(container.provenance());
  }
}
