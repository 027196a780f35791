package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a data set that is a cell of its own; at least one of the three is there.
 *
 * @param round rows of this round alone, 0 to 10
 * @param language rows of this language alone
 * @param rows how many at most, 1 or more
 */
public record SubsetConfig(
    Optional<Integer> round, Optional<String> language, Optional<Integer> rows) {
  static final String KEY = "subset";

  public SubsetConfig {
    requireNonNull(round, "round is null");
    requireNonNull(language, "language is null");
    requireNonNull(rows, "rows is null");
  }

  static Kind<List<SubsetConfig>> kind() {
    Kind<SubsetConfig> part = Groups.section(SubsetConfig::bind);
    return Groups.list(
        new Kind<>(
            "a mapping with one or more of round, language and rows",
            part.schema(),
            part.placeholder(),
            // What is left empty by refused values is refused already.
            (node, place) -> part.read(node, place).filter(subset -> !subset.values().isEmpty())),
        1);
  }

  private static SubsetConfig bind(Section section) {
    var subset =
        new SubsetConfig(
            section
                .key("round", "Rows of this round alone.")
                .is(Kinds.integer(0, EvolveConfig.MOST_ROUNDS))
                .optional(),
            section
                .key("language", "Rows of this language alone.")
                .is(Kinds.idOf("language", section.vocabulary().languages()))
                .optional(),
            section
                .key("rows", "Rows kept at most.")
                .is(Kinds.integer(1, Integer.MAX_VALUE))
                .optional());
    if (section.field("round").isEmpty()
        && section.field("language").isEmpty()
        && section.field("rows").isEmpty()) {
      section
          .place()
          .refuse("", "round, language or rows", "names none of round, language and rows");
    }
    return subset;
  }

  /** Returns words that tell it, such as {@code language-python_rows-500}. */
  String name() {
    var words = new ArrayList<String>();
    values().forEach((key, value) -> words.add(key + "-" + value));
    return String.join("_", words);
  }

  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    round.ifPresent(only -> values.put("round", only));
    language.ifPresent(only -> values.put("language", only));
    rows.ifPresent(most -> values.put("rows", most));
    return values;
  }
}
