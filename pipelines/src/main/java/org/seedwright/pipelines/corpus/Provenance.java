package org.seedwright.pipelines.corpus;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a file beside its own text.
 *
 * @param repository as a corpus or a package names it, such as {@code owner/name}
 * @param revision commit
 * @param license SPDX expression of a licence file, a package's metadata, a corpus or the
 *     experiment
 * @param licenseEvidence where that was read; there exactly when the licence is
 * @param copyright copyright lines of the licence file
 * @param notices texts of NOTICE files, outermost first
 */
public record Provenance(
    Optional<String> repository,
    Optional<String> revision,
    Optional<String> license,
    Optional<String> licenseEvidence,
    List<String> copyright,
    List<String> notices) {
  /** Nothing is known. */
  static final Provenance NONE =
      new Provenance(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of());

  public Provenance {
    copyright = List.copyOf(copyright);
    notices = List.copyOf(notices);
  }

  /** What is known where the experiment declares a licence. */
  static Provenance declared(Optional<String> license, Optional<String> revision) {
    return new Provenance(
        Optional.empty(),
        revision,
        license,
        license.map(declared -> "declared in the experiment"),
        List.of(),
        List.of());
  }

  /** Returns this, and where it says nothing what the other says. */
  Provenance or(Provenance other) {
    boolean own = license.isPresent();
    return new Provenance(
        repository.or(other::repository),
        revision.or(other::revision),
        own ? license : other.license,
        own ? licenseEvidence : other.licenseEvidence,
        copyright.isEmpty() ? other.copyright : copyright,
        notices.isEmpty() ? other.notices : notices);
  }
}
