package org.seedwright.pipelines.corpus;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.seed.LicenseName;

/** One row of a corpus as a unit. */
final class CorpusRow {
  private CorpusRow() {}

  /**
   * Returns the unit of a row.
   *
   * @param number of the row in its file, from 1
   * @param columns the column of each role
   * @param values the texts of each role's column; none where it is null or absent
   */
  static FoundFile of(
      Container container,
      long number,
      Map<CorpusColumns.Role, String> columns,
      Map<CorpusColumns.Role, List<String>> values) {
    Optional<String> repository = text(values, CorpusColumns.Role.REPOSITORY);
    Optional<String> path = text(values, CorpusColumns.Role.PATH);
    Provenance provenance = provenance(container, columns, values);
    Optional<String> whole = path.map(inner -> repository.map(r -> r + "/").orElse("") + inner);
    Optional<String> safe = whole.flatMap(Names::safe);
    if (whole.isPresent() && safe.isEmpty()) {
      return FoundFile.refused(
          unnamed(container, number),
          Reason.UNSAFE_PATH,
          "its path %s is absolute, leads out of its repository or is no path"
              .formatted(Names.shown(whole.get())),
          provenance);
    }
    String place = safe.map(container::inside).orElseGet(() -> unnamed(container, number));
    List<String> content = values.getOrDefault(CorpusColumns.Role.CONTENT, List.of());
    if (content.size() != 1) {
      return FoundFile.refused(
          place,
          Reason.UNREADABLE,
          "row %d has no text in column %s"
              .formatted(number, columns.get(CorpusColumns.Role.CONTENT)),
          provenance);
    }
    ReadBytes bytes = ReadBytes.of(content.get(0).getBytes(StandardCharsets.UTF_8));
    return FoundFile.of(place, bytes, provenance)
        .inLanguage(text(values, CorpusColumns.Role.LANGUAGE));
  }

  /** Returns the path of a row that has none of its own. */
  static String unnamed(Container container, long number) {
    return container.inside("row-" + number);
  }

  private static Optional<String> text(
      Map<CorpusColumns.Role, List<String>> values, CorpusColumns.Role role) {
    return values.getOrDefault(role, List.of()).stream()
        .findFirst()
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static Provenance provenance(
      Container container,
      Map<CorpusColumns.Role, String> columns,
      Map<CorpusColumns.Role, List<String>> values) {
    Set<String> licenses = new LinkedHashSet<>();
    boolean known = true;
    for (String name : values.getOrDefault(CorpusColumns.Role.LICENSE, List.of())) {
      Optional<String> spdx = LicenseName.spdx(name);
      known &= spdx.isPresent();
      spdx.ifPresent(licenses::add);
    }
    // Of several the row does not say whether they are a choice: all hold.
    Optional<String> license =
        known && !licenses.isEmpty()
            ? Optional.of(
                licenses.size() == 1
                    ? licenses.iterator().next()
                    : String.join(
                        " AND ",
                        licenses.stream()
                            .map(one -> one.contains(" OR ") ? "(" + one + ")" : one)
                            .toList()))
            : Optional.empty();
    return new Provenance(
            text(values, CorpusColumns.Role.REPOSITORY),
            text(values, CorpusColumns.Role.REVISION),
            license,
            license.map(id -> "column " + columns.get(CorpusColumns.Role.LICENSE)),
            List.of(),
            List.of())
        .or(container.provenance());
  }
}
