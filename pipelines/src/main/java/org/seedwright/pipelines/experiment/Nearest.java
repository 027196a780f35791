package org.seedwright.pipelines.experiment;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a mistyped one was probably meant to be. */
final class Nearest {

  private static final int LONGEST = 64;

  private Nearest() {}

  /** Returns {@code "; did you mean rounds?"}, or nothing where no known word is near. */
  static String suggestion(String word, Collection<String> known) {
    return to(word, known).map("; did you mean %s?"::formatted).orElse("");
  }

  /**
   * Returns the known word with the fewest edits from the given one, at most a third of its length
   * and at most two; case, hyphens and underscores count for nothing.
   */
  static Optional<String> to(String word, Collection<String> known) {
    String given = folded(word);
    if (given.isEmpty() || given.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> edits(given, folded(candidate)) <= Math.min(2, given.length() / 3))
        .min(
            Comparator.comparingInt((String candidate) -> edits(given, folded(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
  private static int edits(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[left.length()][right.length()];
  }
}
