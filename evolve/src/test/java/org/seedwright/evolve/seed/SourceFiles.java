package org.seedwright.evolve.seed;

import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.Identity;

/** Source files for tests. */
final class SourceFiles {
  private SourceFiles() {}

  static SourceFile of(String language, String content) {
    return new SourceFile(
        Identity.document("s", "f", content),
        "s",
        "f",
        Optional.empty(),
        language,
        Optional.of("abc"),
        Optional.of("MIT"),
        Optional.of("header"),
        List.of("Copyright 2020 A"),
        List.of(),
        content.length(),
        "0".repeat(64),
        content);
  }
}
