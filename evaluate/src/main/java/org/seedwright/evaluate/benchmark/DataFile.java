package org.seedwright.evaluate.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.seedwright.evaluate.rows.InputFileException;

/**
 * A published file, pinned: a file of other content is refused, so that a benchmark's id and
 * version always mean the same problems.
 *
 * @param path where it lies in the data folder, with forward slashes
 * @param sha256 of the file as it lies there, compressed; 64 lower-case hex digits
 * @param origin the public place it is from, in words
 * @param official the place it can be fetched from, where there is one
 */
public record DataFile(String path, String sha256, String origin, Optional<Official> official) {
  /**
   * Where its publishers keep it.
   *
   * @param url of the file, which may be plain or gzipped
   * @param contentSha256 of the uncompressed content; a file in the data folder with this content
   *     is as good as the pinned one, however it was compressed
   */
  public record Official(URI url, String contentSha256) {
    public Official {
      requireSha256(url.toString(), contentSha256);
    }
  }

  public DataFile {
    requireSha256(path, sha256);
  }

  DataFile(String path, String sha256, String origin) {
    this(path, sha256, origin, Optional.empty());
  }

  DataFile(String path, String sha256, String origin, String url, String contentSha256) {
    this(path, sha256, origin, Optional.of(new Official(URI.create(url), contentSha256)));
  }

  /** Where this file is looked for. */
  public Path in(Path dataFolder) {
    return dataFolder.resolve(path);
  }

  /** Whether these are the bytes that the benchmark is pinned to, or their official content. */
  public boolean isPinned(byte[] bytes) {
    return digest("SHA-256", bytes).equals(sha256)
        || official.filter(place -> isContent(place, bytes)).isPresent();
  }

  /**
   * The digest by which EvalPlus names a data set in its results: MD5 of the uncompressed file, 32
   * hex digits.
   *
   * @throws BenchmarkAbsentException if the file is not there
   * @throws InputFileException if it is not the pinned one
   */
  public String evalPlusHash(String benchmark, Path dataFolder) {
    return digest("MD5", uncompressed(read(benchmark, dataFolder)));
  }

  /** The checked content of this file in the data folder, as it lies there. */
  byte[] read(String benchmark, Path dataFolder) {
    Path file = in(dataFolder);
    if (!Files.isRegularFile(file)) {
      throw BenchmarkAbsentException.withoutFile(benchmark, this, file);
    }
    try {
      byte[] content = Files.readAllBytes(file);
      if (!isPinned(content)) {
        throw InputFileException.inFile(
            file,
            "sha256 is %s, but benchmark %s is pinned to %s"
                .formatted(digest("SHA-256", content), benchmark, sha256));
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(file), e);
    }
  }

  private static boolean isContent(Official place, byte[] bytes) {
    try {
      return digest("SHA-256", uncompressed(bytes)).equals(place.contentSha256());
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The content of gzipped bytes; other bytes as they are. */
  static byte[] uncompressed(byte[] bytes) {
    if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) {
      return bytes;
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot uncompress", e);
    }
  }

  static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private static void requireSha256(String what, String sha256) {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "%s: sha256 must be 64 lower-case hex digits, but was '%s'".formatted(what, sha256));
    }
  }
}
