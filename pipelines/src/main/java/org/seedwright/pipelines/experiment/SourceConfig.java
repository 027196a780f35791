package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where source code comes from.
 *
 * @param path an absolute folder that existed when the file was read
 * @param license the SPDX id that the user declares for all of it; empty where files speak for
 *     themselves
 * @param maxFileBytes 1 to 268,435,456; a larger file is rejected
 * @param include globs over relative paths with {@code /}; empty takes every file
 * @param languages ids of languages to keep; empty keeps all
 */
public record SourceConfig(
    Path path,
    SourceKind kind,
    Optional<String> license,
    long maxFileBytes,
    List<String> include,
    List<String> languages) {

  private static final long MEBIBYTE = 1L << 20;

  public SourceConfig {
    requireNonNull(path, "path is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(license, "license is null");
    include = List.copyOf(include);
    languages = List.copyOf(languages);
  }

  /** What a source is. */
  public enum SourceKind implements Word {
    /** Files under a folder; no revision is recorded. */
    FOLDER("folder"),
    /** A git checkout, whose revision is recorded. */
    GIT("git");

    private final String id;

    SourceKind(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  static SourceConfig bind(Section section) {
    return new SourceConfig(
        section
            .key(
                "path", "Folder with the source code; relative to this file, ~ and ${NAME} expand.")
            .is(Paths.folder())
            .required(),
        section
            .key("kind", "What the folder is; the revision is recorded of a git checkout only.")
            .is(Kinds.word(SourceKind.class))
            .orElse(SourceKind.FOLDER),
        section
            .key("license", "SPDX id that you declare for all of this source.")
            .is(
                Kinds.matching(
                    "[A-Za-z0-9][A-Za-z0-9.+-]{0,99}", "an SPDX id such as Apache-2.0", "MIT"))
            .optional(),
        section
            .key("max-file-bytes", "Size in bytes above which a file is rejected.")
            .is(Kinds.whole(1, 256 * MEBIBYTE))
            .orElse(MEBIBYTE),
        section
            .key("include", "Globs over relative paths; a file that matches none is left out.")
            .is(Groups.list(Paths.glob(), 1))
            .optional()
            .orElse(List.of()),
        section
            .key("languages", "Languages to keep; all where it is not given.")
            .is(Groups.list(Kinds.idOf("language", section.vocabulary().languages()), 1))
            .optional()
            .orElse(List.of()));
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("path", path);
    keys.put("kind", kind);
    keys.put("license", license);
    keys.put("max-file-bytes", maxFileBytes);
    keys.put("include", include.isEmpty() ? Optional.empty() : include);
    keys.put("languages", languages.isEmpty() ? Optional.empty() : languages);
    return keys;
  }
}
