package org.seedwright.pipelines.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.seedwright.evolve.Identity;

/**
 * SHA-256 of files, remembered by path, size and time stamp, so that planning a run over a large
 * corpus reads it once. A damaged or absent cache only costs time.
 */
public final class DigestCache {
  private record Stamp(long bytes, long modifiedNanos, String sha256) {}

  private final Path file;
  private final Map<String, Stamp> known = new HashMap<>();
  private boolean changed;

  private DigestCache(Path file) {
    this.file = file;
  }

  /** Opens the cache in a file that need not exist. */
  public static DigestCache open(Path file) throws IOException {
    var cache = new DigestCache(file);
    if (Files.isRegularFile(file)) {
      // Bytes that are not UTF-8 become a path that is no file's.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      text.lines().forEach(cache::take);
    }
    return cache;
  }

  private void take(String line) {
    String[] fields = line.split("\t", 4);
    if (fields.length < 4 || !fields[0].matches("[0-9a-f]{64}")) {
      return;
    }
    try {
      known.put(
          fields[3], new Stamp(Long.parseLong(fields[1]), Long.parseLong(fields[2]), fields[0]));
    } catch (NumberFormatException damaged) {
      // The file is read again.
    }
  }

  /** Returns the digest of a file's bytes as 64 hex digits. */
  String sha256(Path path) throws IOException {
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    long modified = attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS);
    String key = path.toAbsolutePath().toString();
    Stamp stamp = known.get(key);
    if (stamp != null && stamp.bytes == attributes.size() && stamp.modifiedNanos == modified) {
      return stamp.sha256;
    }
    String sha256 = digest(path);
    if (key.indexOf('\n') < 0) {
      known.put(key, new Stamp(attributes.size(), modified, sha256));
      changed = true;
    }
    return sha256;
  }

  /** Writes the cache, if there is anything new in it. */
  public void save() throws IOException {
    if (!changed) {
      return;
    }
    var lines = new StringBuilder();
    new TreeMap<>(known)
        .forEach(
            (path, stamp) ->
                lines.append(
                    "%s\t%d\t%d\t%s\n"
                        .formatted(stamp.sha256, stamp.bytes, stamp.modifiedNanos, path)));
    Files.createDirectories(file.getParent());
    Path hidden = Files.createTempFile(file.getParent(), ".digests", ".tmp");
    Files.writeString(hidden, lines, StandardCharsets.UTF_8);
    Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    changed = false;
  }

  /** Returns the digest of a file as it is now. */
  static String digest(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      var digest = Identity.sha256();
      new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
