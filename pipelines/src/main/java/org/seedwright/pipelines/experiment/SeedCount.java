package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many seeds are kept: all, so many in total, or so many of each language that is named and
 * none of another.
 *
 * @param total seeds of all languages together, at least 1; empty where languages are counted or
 *     all are kept
 * @param byLanguage seeds by language id, each at least 1, sorted by id; empty where they are not
 *     counted by language
 */
public record SeedCount(Optional<Integer> total, SortedMap<String, Integer> byLanguage) {

  /** Every seed is kept. */
  public static final SeedCount ALL = new SeedCount(Optional.empty(), Collections.emptySortedMap());

  public SeedCount {
    requireNonNull(total, "total is null");
    byLanguage = Collections.unmodifiableSortedMap(new TreeMap<>(byLanguage));
    if (total.isPresent() && !byLanguage.isEmpty()) {
      throw new IllegalArgumentException("seeds are counted in total and by language");
    }
  }

  static Kind<SeedCount> kind(Vocabulary vocabulary) {
    Kind<Integer> count = Kinds.integer(1, Integer.MAX_VALUE);
    Kind<String> language = Kinds.idOf("language", vocabulary.languages());
    return Groups.either(
            count.as(total -> new SeedCount(Optional.of(total), Collections.emptySortedMap())),
            Groups.mapping(language, count).as(SeedCount::byLanguage))
        .called("%s, or such a number for each language".formatted(count.range()));
  }

  private static SeedCount byLanguage(Map<String, Integer> counts) {
    return new SeedCount(Optional.empty(), new TreeMap<>(counts));
  }

  Optional<Object> resolved() {
    if (!byLanguage.isEmpty()) {
      return Optional.of(byLanguage);
    }
    return total.map(count -> count);
  }
}
