package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where source code comes from.
 *
 * @param path an absolute path of a folder or file that existed when the file was read
 * @param license the SPDX id that the user declares for all of it; empty where files speak for
 *     themselves
 * @param maxFileBytes 1 to 268,435,456; a larger file is rejected
 * @param include globs over relative paths with {@code /}; empty takes every file
 * @param exclude what is left aside
 * @param languages ids of languages to keep; empty keeps all
 * @param columns column names by what they hold; of rows only
 */
public record SourceConfig(
    Path path,
    SourceKind kind,
    Optional<String> license,
    long maxFileBytes,
    List<String> include,
    ExcludeConfig exclude,
    List<String> languages,
    Filters filters,
    Map<String, String> columns) {

  private static final long MEBIBYTE = 1L << 20;

  public SourceConfig {
    requireNonNull(path, "path is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(license, "license is null");
    include = List.copyOf(include);
    requireNonNull(exclude, "exclude is null");
    languages = List.copyOf(languages);
    requireNonNull(filters, "filters is null");
    columns = Map.copyOf(columns);
  }

  /** What a source is. */
  public enum SourceKind implements Word {
    /** Files under a folder; no revision is recorded. */
    FOLDER("folder"),
    /** A git checkout, whose revision is recorded. */
    GIT("git"),
    /** An archive, or all archives under a folder. */
    ARCHIVE("archive"),
    /** A corpus with a source file a row, or all such under a folder. */
    ROWS("rows");

    private static final List<String> ARCHIVES =
        List.of(".zip", ".jar", ".whl", ".tar.gz", ".tgz", ".crate");
    private static final List<String> CORPORA = List.of(".jsonl", ".jsonl.gz", ".parquet");

    private final String id;

    SourceKind(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    /** Returns what a path is by its name: nothing for a file of another ending. */
    static Optional<SourceKind> of(Path path) {
      if (Files.isDirectory(path)) {
        return Optional.of(FOLDER);
      }
      return Stream.of(ARCHIVE, ROWS).filter(kind -> kind.reads(path)).findFirst();
    }

    /** Tells whether this kind can be at a path. */
    boolean reads(Path path) {
      if (Files.isDirectory(path)) {
        return true;
      }
      String name = path.toString().toLowerCase(Locale.ROOT);
      return switch (this) {
        case FOLDER, GIT -> false;
        case ARCHIVE -> ARCHIVES.stream().anyMatch(name::endsWith);
        case ROWS -> CORPORA.stream().anyMatch(name::endsWith);
      };
    }

    private String range() {
      return switch (this) {
        case FOLDER, GIT -> "a folder";
        case ARCHIVE -> "a folder, or a file that ends in " + String.join(", ", ARCHIVES);
        case ROWS -> "a folder, or a file that ends in " + String.join(", ", CORPORA);
      };
    }
  }

  /** Which files are rejected for what is in them. */
  public enum Filters implements Word {
    /** BigCode's, with StarCoder2's thresholds. */
    BIGCODE("bigcode"),
    /** None. */
    NONE("none");

    private final String id;

    Filters(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  /** Tells whether its files on disk hold many files each. */
  public boolean holdsMembers() {
    return kind == SourceKind.ARCHIVE || kind == SourceKind.ROWS;
  }

  static SourceConfig bind(Section section) {
    Value<Path> path =
        section
            .key(
                "path",
                "Folder with the source code, archive or corpus; relative to this file, ~ and ${NAME} expand.")
            .is(Paths.folderOrFile());
    Value<SourceKind> kind =
        section
            .key(
                "kind",
                "What is there, by its ending where it is not given; the revision is recorded of a git checkout only.")
            .is(Kinds.word(SourceKind.class));
    Path where = path.required();
    Optional<SourceKind> told = path.read().flatMap(SourceKind::of);
    if (kind.read().isPresent() && path.read().isPresent() && !kind.read().get().reads(where)) {
      path.refuse(
          kind.read().get().range(),
          "%s cannot be read as %s, which is %s"
              .formatted(
                  Shown.text(where.toString()), kind.read().get().id(), kind.read().get().range()));
    } else if (path.read().isPresent() && told.isEmpty()) {
      path.refuse(
          "a folder, an archive or a corpus",
          "%s is a file of no known ending (archives: %s; corpora: %s)"
              .formatted(
                  Shown.text(where.toString()),
                  String.join(", ", SourceKind.ARCHIVES),
                  String.join(", ", SourceKind.CORPORA)));
    }
    SourceKind is = kind.read().or(() -> told).orElse(SourceKind.FOLDER);
    Value<Map<String, String>> columns =
        section
            .key("columns", "Columns of a corpus, where they are not the usual ones; of rows only.")
            .is(Groups.section(SourceConfig::bindColumns));
    if (columns.given().isPresent() && is != SourceKind.ROWS) {
      columns.refuse("only with kind: rows", "is only with kind: rows");
    }
    return new SourceConfig(
        where,
        is,
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
            .key("exclude", "Files that are left aside.")
            .is(Groups.section(ExcludeConfig::bind))
            .orDefaults(),
        section
            .key("languages", "Languages to keep; all where it is not given.")
            .is(Groups.list(Kinds.idOf("language", section.vocabulary().languages()), 1))
            .optional()
            .orElse(List.of()),
        section
            .key("filters", "Which files are rejected as minified, generated or data.")
            .is(Kinds.word(Filters.class))
            .orElse(Filters.BIGCODE),
        columns.read().orElse(Map.of()));
  }

  private static Map<String, String> bindColumns(Section section) {
    Map<String, String> columns = new LinkedHashMap<>();
    columnRoles()
        .forEach(
            (role, description) ->
                section
                    .key(role, description)
                    .is(Kinds.text())
                    .optional()
                    .ifPresent(column -> columns.put(role, column)));
    return columns;
  }

  private static Map<String, String> columnRoles() {
    Map<String, String> roles = new LinkedHashMap<>();
    roles.put("content", "Column with the text of the file.");
    roles.put("repository", "Column with the repository, owner/name.");
    roles.put("path", "Column with the path in the repository.");
    roles.put("language", "Column with the language by name.");
    roles.put("license", "Column with the licence, or a list of licences.");
    roles.put("revision", "Column with the commit.");
    return roles;
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("path", path);
    keys.put("kind", kind);
    keys.put("license", license);
    keys.put("max-file-bytes", maxFileBytes);
    keys.put("include", include.isEmpty() ? Optional.empty() : include);
    keys.put("exclude", exclude.resolved());
    keys.put("languages", languages.isEmpty() ? Optional.empty() : languages);
    keys.put("filters", filters);
    Map<String, Object> named = new LinkedHashMap<>();
    columnRoles().keySet().forEach(role -> named.put(role, Optional.ofNullable(columns.get(role))));
    keys.put("columns", columns.isEmpty() ? Optional.empty() : Optional.of(named));
    return keys;
  }
}
