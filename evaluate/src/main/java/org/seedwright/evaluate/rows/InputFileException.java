package org.seedwright.evaluate.rows;

import java.nio.file.Path;
import java.util.Optional;

/** A file that was given is not there or not what it should be. The message names the place. */
public final class InputFileException extends RuntimeException {
  private final transient Path file;
  private final int line;
  private final String key;

  private InputFileException(Path file, int line, String key, String message) {
    super(message);
    this.file = file;
    this.line = line;
    this.key = key;
  }

  /** The file as a whole is at fault. */
  public static InputFileException inFile(Path file, String what) {
    return new InputFileException(file, 0, "", "%s: %s".formatted(file, what));
  }

  /** A line of it is at fault. */
  public static InputFileException inLine(Path file, int line, String what) {
    return new InputFileException(file, line, "", "%s line %d: %s".formatted(file, line, what));
  }

  /** A key of a line is at fault. */
  public static InputFileException inKey(Path file, int line, String key, String what) {
    return new InputFileException(
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
