package org.seedwright.decontaminate.benchmark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The tests for benchmark texts that were asked for, side by side: each finds what it finds,
 * whatever the others find.
 *
 * @param indexes one for each test
 */
public record BenchmarkSearch(List<BenchmarkIndex> indexes) implements Serializable {
  public BenchmarkSearch {
    indexes = List.copyOf(indexes);
  }

  /**
   * What is asked for. It builds a search, and can travel where that cannot.
   *
   * @param exact whether whole copies are searched for
   * @param nGrams words and coverage, where large parts are
   */
  public record Tests(boolean exact, Optional<NGrams> nGrams) {
    public Tests {
      if (!exact && nGrams.isEmpty()) {
        throw new IllegalArgumentException("at least one test must be asked for");
      }
    }

    /** Whole copies alone. */
    public static Tests exactOnly() {
      return new Tests(true, Optional.empty());
    }

    /** The ids of the tests. */
    public List<String> ids() {
      List<String> ids = new ArrayList<>();
      if (exact) {
        ids.add(ExactIndex.TEST);
      }
      nGrams.ifPresent(asked -> ids.add(NGramIndex.TEST));
      return List.copyOf(ids);
    }
  }

  /**
   * Settings of {@link NGramIndex}.
   *
   * @param words of a run
   * @param coverage from which a text is found
   */
  public record NGrams(int words, double coverage) {
    /** The values that hold where nothing else is said. */
    public static NGrams defaults() {
      return new NGrams(NGramIndex.DEFAULT_WORDS, NGramIndex.DEFAULT_COVERAGE);
    }
  }

  /** The search for these texts. */
  public static BenchmarkSearch of(Collection<BenchmarkText> texts, Tests tests) {
    List<BenchmarkIndex> indexes = new ArrayList<>();
    if (tests.exact()) {
      indexes.add(ExactIndex.of(texts));
    }
    tests
        .nGrams()
        .ifPresent(asked -> indexes.add(NGramIndex.of(texts, asked.words(), asked.coverage())));
    return new BenchmarkSearch(indexes);
  }

  /** Everything that the tests find in a column, in {@link Overlap#ORDER}. */
  public List<Overlap> find(String column, String text) {
    List<Overlap> found = new ArrayList<>();
    indexes.forEach(index -> found.addAll(index.find(column, text)));
    found.sort(Overlap.ORDER);
    return List.copyOf(found);
  }
}
