package org.seedwright.evaluate.benchmark;

import java.nio.file.Path;
import java.util.Optional;

/** A benchmark's file is there but is not what it should be. The message names the place. */
public final class BenchmarkFileException extends RuntimeException {
  private final transient Path file;
  private final int line;
  private final String key;

  private BenchmarkFileException(Path file, int line, String key, String message) {
    super(message);
    this.file = file;
    this.line = line;
    this.key = key;
  }

  static BenchmarkFileException inFile(Path file, String what) {
    return new BenchmarkFileException(file, 0, "", "%s: %s".formatted(file, what));
  }

  static BenchmarkFileException inLine(Path file, int line, String what) {
    return new BenchmarkFileException(file, line, "", "%s line %d: %s".formatted(file, line, what));
  }

  static BenchmarkFileException inKey(Path file, int line, String key, String what) {
    return new BenchmarkFileException(
        file, line, key, "%s line %d: key '%s' %s".formatted(file, line, key, what));
  }

  /** The file at fault. */
  public Path file() {
    return file;
  }

  /** Its line from 1, in a JSON array its element; absent where the file as a whole is at fault. */
  public Optional<Integer> line() {
    return line == 0 ? Optional.empty() : Optional.of(line);
  }

  /** The key at fault, where it is one. */
  public Optional<String> key() {
    return key.isEmpty() ? Optional.empty() : Optional.of(key);
  }
}
