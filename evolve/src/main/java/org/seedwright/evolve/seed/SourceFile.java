package org.seedwright.evolve.seed;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A file of source code that passed {@link SourceGate}.
 *
 * @param id {@link org.seedwright.evolve.Identity#document}
 * @param source name of the source in the experiment
 * @param path path relative to the source, with forward slashes
 * @param repository repository that a corpus or a package names, such as {@code owner/name}
 * @param language one of {@link Languages#known()}
 * @param revision commit, for a source declared as a git checkout
 * @param license SPDX expression, as far as a header, a licence file, the package's metadata, the
 *     corpus or the experiment says
 * @param licenseEvidence where the licence was read
 * @param copyright copyright lines of the header, in order
 * @param notices texts of the NOTICE files that hold for the file
 * @param bytes size of the file as it was read
 * @param sha256 digest of the file as it was read, 64 hexadecimal digits
 * @param content the text, without byte order mark and corpus header tags; not empty
 */
public record SourceFile(
    String id,
    String source,
    String path,
    Optional<String> repository,
    String language,
    Optional<String> revision,
    Optional<String> license,
    Optional<String> licenseEvidence,
    List<String> copyright,
    List<String> notices,
    long bytes,
    String sha256,
    String content) {
  public SourceFile {
    if (id.isBlank() || source.isBlank() || path.isBlank()) {
      throw new IllegalArgumentException(
          "a source file needs id, source and path, but has '%s', '%s', '%s'"
              .formatted(id, source, path));
    }
    if (language.isBlank()) {
      throw new IllegalArgumentException("source file %s has no language".formatted(path));
    }
    requireNonNull(repository, "repository is null");
    requireNonNull(revision, "revision is null");
    if (license.isPresent() != licenseEvidence.isPresent()) {
      throw new IllegalArgumentException(
          "source file %s must have a licence and its evidence, or neither".formatted(path));
    }
    copyright = List.copyOf(copyright);
    notices = List.copyOf(notices);
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "bytes of %s must be at least 1, but was %d".formatted(path, bytes));
    }
    requireNonNull(sha256, "sha256 is null");
    if (content.isEmpty()) {
      throw new IllegalArgumentException("source file %s has no content".formatted(path));
    }
  }
}
