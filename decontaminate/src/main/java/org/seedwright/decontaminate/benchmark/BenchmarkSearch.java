package org.seedwright.decontaminate.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The tests for benchmark texts that were asked for, side by side: each finds what it finds,
 * whatever the others find.
 *
 * @param exact whole copies after normalisation
 * @param nGrams texts of which a large part is there
 */
public record BenchmarkSearch(Optional<ExactIndex> exact, Optional<NGramIndex> nGrams) {
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
    return new BenchmarkSearch(
        tests.exact() ? Optional.of(ExactIndex.of(texts)) : Optional.empty(),
        tests.nGrams().map(asked -> NGramIndex.of(texts, asked.words(), asked.coverage())));
  }

  /** Everything that the tests find in a column, in {@link Overlap#ORDER}. */
  public List<Overlap> find(String column, String text) {
    List<Overlap> found = new ArrayList<>();
    exact.ifPresent(index -> found.addAll(index.find(column, text)));
    nGrams.ifPresent(index -> found.addAll(index.find(column, text)));
    found.sort(Overlap.ORDER);
    return List.copyOf(found);
  }
}
