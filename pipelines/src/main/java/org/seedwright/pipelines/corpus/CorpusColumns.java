package org.seedwright.pipelines.corpus;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which column of a corpus holds what. Columns that the experiment names must be there; of the
 * others the usual names of StarCoder's and The Stack's layouts are looked for.
 *
 * @param named the column of each role that the experiment names
 */
public record CorpusColumns(Map<String, String> named) implements Serializable {
  /** What a column may hold, with the names that are looked for. */
  public enum Role {
    /** The text of the file; must be there. */
    CONTENT,
    /** {@code owner/name}. */
    REPOSITORY,
    /** The path in the repository. */
    PATH,
    /** The language by name. */
    LANGUAGE,
    /** One licence, or a list of those that were found. */
    LICENSE,
    /** The commit. */
    REVISION;

    /** Returns the role as the experiment file names it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the names that are looked for, in this order. */
    public List<String> usual() {
      return switch (this) {
        case CONTENT -> List.of("content");
        case REPOSITORY -> List.of("max_stars_repo_name", "repo_name", "repository", "repo");
        case PATH -> List.of("max_stars_repo_path", "path", "file_path");
        case LANGUAGE -> List.of("lang", "language");
        case LICENSE -> List.of("max_stars_repo_licenses", "license", "licenses");
        case REVISION -> List.of("max_stars_repo_head_hexsha", "revision", "commit");
      };
    }
  }

  public CorpusColumns {
    named = Map.copyOf(named);
  }

  /** The usual names alone. */
  public static final CorpusColumns USUAL = new CorpusColumns(Map.of());

  /** Returns the names that may hold a role, the first that is there counting. */
  List<String> candidates(Role role) {
    String wanted = named.get(role.id());
    return wanted == null ? role.usual() : List.of(wanted);
  }

  /**
   * Returns the column of each role that is there.
   *
   * @param where source and file, for the message
   * @param there the names of the columns
   * @throws CorpusException if one that is named, or that of the content, is not there
   */
  Map<Role, String> among(Collection<String> there, String where) {
    var found = new TreeMap<Role, String>();
    for (Role role : Role.values()) {
      Optional<String> wanted = Optional.ofNullable(named.get(role.id()));
      Optional<String> column =
          wanted.isPresent()
              ? wanted.filter(there::contains)
              : role.usual().stream().filter(there::contains).findFirst();
      if (column.isEmpty() && (wanted.isPresent() || role == Role.CONTENT)) {
        throw new CorpusException(
            "%s has no column %s for %s; it has %s. Say in columns.%s which one it is"
                .formatted(
                    where,
                    wanted.orElse(role.usual().get(0)),
                    role.id(),
                    there.isEmpty()
                        ? "none"
                        : String.join(", ", there.stream().map(Names::shown).toList()),
                    role.id()));
      }
      column.ifPresent(name -> found.put(role, name));
    }
    return found;
  }
}
