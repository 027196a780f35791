package org.seedwright.evaluate.rows;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that was given is not there or not what it should be. The message names the place; value
 * and range are told apart from it, for programs.
 */
public final class InputFileException extends RuntimeException {
  private static final int VALUE_CHARACTERS = 100;

  private final transient Path file;
  private final int line;
  private final String key;
  private final String value;
  private final String range;

  private InputFileException(
      Path file, int line, String key, String message, String value, String range) {
    super(message);
    this.file = file;
    this.line = line;
    this.key = key;
    this.value = value;
    this.range = range;
  }

  /** The file as a whole is at fault. */
  public static InputFileException inFile(Path file, String what) {
    return new InputFileException(file, 0, "", "%s: %s".formatted(file, what), "", "");
  }

  /** A line of it is at fault. */
  public static InputFileException inLine(Path file, int line, String what) {
    return new InputFileException(
        file, line, "", "%s line %d: %s".formatted(file, line, what), "", "");
  }

  /** A key of a line is at fault. */
  public static InputFileException inKey(Path file, int line, String key, String what) {
    return new InputFileException(
        file, line, key, "%s line %d: key '%s' %s".formatted(file, line, key, what), "", "");
  }

  /** The same, but it also tells what was there, cut to 100 characters, and what may be. */
  public InputFileException because(String isThere, String mayBe) {
    String shown =
        isThere.length() <= VALUE_CHARACTERS
            ? isThere
            : isThere.substring(0, VALUE_CHARACTERS) + "…";
    return new InputFileException(file, line, key, getMessage(), shown, mayBe);
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

  /** What was there, or its beginning; empty where nothing was, or nobody said. */
  public String value() {
    return value;
  }

  /** What may be there; empty where nobody said. */
  public String range() {
    return range;
  }
}
