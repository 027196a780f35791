package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Comparator;
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

  /**
   * Returns a count of at most so many seeds, which keeps none that this one does not: languages
   * that are counted share them by their counts, the largest remainders first.
   *
   * @param most 1 or more
   */
  SeedCount atMost(int most) {
    if (byLanguage.isEmpty()) {
      return new SeedCount(
          Optional.of(Math.min(most, total.orElse(most))), Collections.emptySortedMap());
    }
    long sum = byLanguage.values().stream().mapToLong(Integer::longValue).sum();
    if (sum <= most) {
      return this;
    }
    var shares = new TreeMap<String, Integer>();
    byLanguage.forEach(
        (language, count) -> shares.put(language, Math.toIntExact((long) most * count / sum)));
    int left = most - shares.values().stream().mapToInt(Integer::intValue).sum();
    byLanguage.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, Integer> one) -> (long) most * one.getValue() % sum)
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(left)
        .forEach(one -> shares.merge(one.getKey(), 1, Integer::sum));
    shares.values().removeIf(share -> share == 0);
    return new SeedCount(Optional.empty(), shares);
  }

  Optional<Object> resolved() {
    if (!byLanguage.isEmpty()) {
      return Optional.of(byLanguage);
    }
    return total.map(count -> count);
  }
}
