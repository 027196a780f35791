package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where benchmark files are, as the environment says; there is no default. */
final class DataFolder {
  static final String VARIABLE = "SEEDWRIGHT_DATA";

  private DataFolder() {}

  static Optional<Path> get() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
