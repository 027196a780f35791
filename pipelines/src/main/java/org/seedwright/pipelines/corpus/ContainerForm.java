package org.seedwright.pipelines.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file of a source is read as. */
public enum ContainerForm {
  /** A file that is itself a unit. */
  FILE,
  /** A zip archive: also jars and wheels. */
  ZIP,
  /** A tar archive compressed with gzip: also crates, npm packages and source distributions. */
  TAR_GZ,
  /** A JSON object a line. */
  JSON_LINES,
  /** The same, compressed with gzip. */
  JSON_LINES_GZ,
  /** Parquet. */
  PARQUET;

  /** Returns the form of an archive of this name, if it is one. */
  static Optional<ContainerForm> ofArchive(String name) {
    return List.of(ZIP, TAR_GZ).stream().filter(form -> form.ends(name)).findFirst();
  }

  /** Returns the form of a corpus of rows of this name, if it is one. */
  static Optional<ContainerForm> ofRows(String name) {
    return List.of(JSON_LINES, JSON_LINES_GZ, PARQUET).stream()
        .filter(form -> form.ends(name))
        .findFirst();
  }

  private boolean ends(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return endings().stream().anyMatch(lower::endsWith);
  }

  private List<String> endings() {
    return switch (this) {
      case FILE -> List.of();
      case ZIP -> List.of(".zip", ".jar", ".whl");
      case TAR_GZ -> List.of(".tar.gz", ".tgz", ".crate");
      case JSON_LINES -> List.of(".jsonl");
      case JSON_LINES_GZ -> List.of(".jsonl.gz");
      case PARQUET -> List.of(".parquet");
    };
  }
}
