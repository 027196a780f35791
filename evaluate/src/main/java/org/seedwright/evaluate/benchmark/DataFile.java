package org.seedwright.evaluate.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.seedwright.evaluate.rows.InputFileException;

/**
 * A published file, pinned: a file of other content is refused, so that a benchmark's id and
 * version always mean the same problems.
 *
 * @param path where it lies in the data folder, with forward slashes
 * @param sha256 of the file as it lies there, compressed; 64 lower-case hex digits
 * @param origin the public place it is from
 */
public record DataFile(String path, String sha256, String origin) {
  public DataFile {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "%s: sha256 must be 64 lower-case hex digits, but was '%s'".formatted(path, sha256));
    }
  }

  /** The checked content of this file in the data folder. */
  byte[] read(String benchmark, Path dataFolder) {
    Path file = in(dataFolder);
    if (!Files.isRegularFile(file)) {
      throw BenchmarkAbsentException.withoutFile(benchmark, this, file);
    }
    try {
      byte[] content = Files.readAllBytes(file);
      String actual = HexFormat.of().formatHex(digest().digest(content));
      if (!actual.equals(sha256)) {
        throw InputFileException.inFile(
            file,
            "sha256 is %s, but benchmark %s is pinned to %s".formatted(actual, benchmark, sha256));
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(file), e);
    }
  }

  /** Where this file is looked for. */
  public Path in(Path dataFolder) {
    return dataFolder.resolve(path);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
