package org.seedwright.evolve.seed;

import static java.util.Objects.requireNonNull;

/**
 * A piece of source code that inspires an instruction: the seed snippet of Magicoder, section 2.1.
 *
 * @param id {@link org.seedwright.evolve.Identity#row} of the document and the ordinal
 * @param documentId id of its {@link SourceFile}
 * @param ordinal number among the snippets of its document, from 0
 * @param language one of {@link Languages#known()}
 * @param origin where it was cut
 * @param code whole lines with their line ends; not empty, though it may be blank
 */
public record SeedSnippet(
    String id, String documentId, int ordinal, String language, Origin origin, String code) {
  public SeedSnippet {
    if (id.isBlank() || documentId.isBlank()) {
      throw new IllegalArgumentException(
          "a seed needs an id and a document, but has '%s' and '%s'".formatted(id, documentId));
    }
    if (ordinal < 0) {
      throw new IllegalArgumentException(
          "ordinal of seed %s must be at least 0, but was %d".formatted(id, ordinal));
    }
    requireNonNull(language, "language is null");
    requireNonNull(origin, "origin is null");
    if (code.isEmpty()) {
      throw new IllegalArgumentException("seed %s has no code".formatted(id));
    }
  }
}
