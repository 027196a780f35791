package org.seedwright.pipelines.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where benchmark files are: in the folder that the environment names, or else in the user's cache,
 * into which {@code benchmarks fetch} puts them.
 */
final class DataFolder {
  static final String VARIABLE = "SEEDWRIGHT_DATA";

  private DataFolder() {}

  /** The folder to read from; none where neither is there. */
  static Optional<Path> get() {
    return named().or(() -> Optional.of(cache()).filter(Files::isDirectory));
  }

  /** The folder to read from and to fetch into; it need not be there yet. */
  static Path orCache() {
    return named().orElseGet(DataFolder::cache);
  }

  private static Optional<Path> named() {
    return variable(VARIABLE);
  }

  private static Path cache() {
    return variable("XDG_CACHE_HOME")
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("seedwright");
  }

  private static Optional<Path> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank()).map(Path::of);
  }
}
