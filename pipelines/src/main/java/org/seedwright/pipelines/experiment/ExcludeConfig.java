package org.seedwright.pipelines.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which files of a source are left aside.
 *
 * @param repositories {@code owner/name}, as a corpus or a package's metadata name them; case does
 *     not matter
 * @param owners the part before the slash
 * @param paths globs over relative paths with {@code /}
 */
public record ExcludeConfig(List<String> repositories, List<String> owners, List<String> paths) {
  /** Nothing is left aside. */
  public static final ExcludeConfig NONE = new ExcludeConfig(List.of(), List.of(), List.of());

  public ExcludeConfig {
    repositories = List.copyOf(repositories);
    owners = List.copyOf(owners);
    paths = List.copyOf(paths);
  }

  static ExcludeConfig bind(Section section) {
    return new ExcludeConfig(
        section
            .key("repositories", "Repositories by owner/name, as corpus or package name them.")
            .is(
                Groups.list(
                    Kinds.matching(
                        "[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+",
                        "a repository such as owner/name",
                        "owner/name"),
                    1))
            .optional()
            .orElse(List.of()),
        section
            .key("owners", "Owners of repositories.")
            .is(
                Groups.list(
                    Kinds.matching("[A-Za-z0-9_.-]+", "the owner of a repository", "owner"), 1))
            .optional()
            .orElse(List.of()),
        section
            .key("paths", "Globs over relative paths; an archive that matches is not opened.")
            .is(Groups.list(Paths.glob(), 1))
            .optional()
            .orElse(List.of()));
  }

  Optional<Object> resolved() {
    if (equals(NONE)) {
      return Optional.empty();
    }
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("repositories", repositories.isEmpty() ? Optional.empty() : repositories);
    keys.put("owners", owners.isEmpty() ? Optional.empty() : owners);
    keys.put("paths", paths.isEmpty() ? Optional.empty() : paths);
    return Optional.of(keys);
  }
}
