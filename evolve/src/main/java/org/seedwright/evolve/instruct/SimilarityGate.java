package org.seedwright.evolve.instruct;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;

/**
 * Lets an instruction through if its ROUGE-L with every one that is there already is at most a
 * threshold (Self-Instruct, arXiv 2212.10560, section 2.3). What is let through is there from then
 * on, so the order in which instructions come decides; the caller fixes it.
 *
 * <p>All that are there are held, as words: some hundred bytes each. Most pairs are told apart
 * without looking for their common subsequence, which cannot be longer than the shorter text nor
 * than the words that both have, counted with repetition.
 */
public final class SimilarityGate {
  private final BigDecimal threshold;
  private final List<Known> known = new ArrayList<>();

  private record Known(String name, List<String> words, Map<String, Integer> counts) {}

  /**
   * Begins with nothing there.
   *
   * @param threshold 0 to 1; the method's is 0.7
   */
  public SimilarityGate(double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "threshold must be 0 to 1, but was %s".formatted(threshold));
    }
    this.threshold = BigDecimal.valueOf(threshold);
  }

  /** Adds what is there from the beginning: the seed tasks. */
  public void add(String name, String text) {
    List<String> words = RougeL.words(text);
    known.add(new Known(name, words, counts(words)));
  }

  /**
   * Returns why a text is kept out, or nothing; then it is there.
   *
   * @param name by which a later rejection names it
   */
  public Optional<Parsed.Rejected<String>> check(String name, String text) {
    List<String> words = RougeL.words(text);
    Map<String, Integer> counts = counts(words);
    Optional<Known> nearest = Optional.empty();
    double highest = 0;
    for (Known other : known) {
      int sum = words.size() + other.words.size();
      if (!RougeL.exceeds(Math.min(words.size(), other.words.size()), sum, threshold)
          || !RougeL.exceeds(shared(counts, other.counts), sum, threshold)) {
        continue;
      }
      int common = RougeL.common(words, other.words);
      double f1 = 2.0 * common / sum;
      if (RougeL.exceeds(common, sum, threshold) && f1 > highest) {
        highest = f1;
        nearest = Optional.of(other);
      }
    }
    if (nearest.isPresent()) {
      return Optional.of(
          new Parsed.Rejected<>(
              Reason.TOO_SIMILAR,
              String.format(
                  Locale.ROOT,
                  "ROUGE-L with %s is %.4f, above %s",
                  nearest.get().name,
                  highest,
                  threshold.toPlainString())));
    }
    known.add(new Known(name, words, counts));
    return Optional.empty();
  }

  private static Map<String, Integer> counts(List<String> words) {
    Map<String, Integer> counts = new HashMap<>();
    words.forEach(word -> counts.merge(word, 1, Integer::sum));
    return counts;
  }

  private static int shared(Map<String, Integer> one, Map<String, Integer> other) {
    int shared = 0;
    for (Map.Entry<String, Integer> word : one.entrySet()) {
      shared += Math.min(word.getValue(), other.getOrDefault(word.getKey(), 0));
    }
    return shared;
  }
}
