package org.seedwright.evolve.instruct;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * ROUGE-L between two texts: the F1 of their longest common subsequence of words (Lin 2004). Words
 * are runs of letters and digits in lower case, so that on ASCII text the value is that of the
 * package rouge_score without stemming, which Self-Instruct uses.
 *
 * <p>With m and n words and a longest common subsequence of l, precision is l/m, recall l/n and F1
 * 2l/(m+n). Comparisons are exact: no rounding decides at the threshold.
 */
public final class RougeL {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private RougeL() {}

  /** Returns the words of a text, in order. */
  public static List<String> words(String text) {
    var words = new ArrayList<String>();
    for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /** Returns the F1 of two texts, 0 to 1; 0 where one has no word. */
  public static double f1(String one, String other) {
    List<String> left = words(one);
    List<String> right = words(other);
    return left.isEmpty() || right.isEmpty()
        ? 0
        : 2.0 * common(left, right) / (left.size() + right.size());
  }

  /** Returns the length of the longest common subsequence. */
  static int common(List<String> one, List<String> other) {
    int[] best = new int[other.size() + 1];
    for (String word : one) {
      int diagonal = 0;
      for (int j = 1; j <= other.size(); j++) {
        int above = best[j];
        best[j] = word.equals(other.get(j - 1)) ? diagonal + 1 : Math.max(above, best[j - 1]);
        diagonal = above;
      }
    }
    return best[other.size()];
  }

  /**
   * Returns whether 2l/(m+n) is greater than a threshold.
   *
   * @param common the l
   * @param words the m+n
   */
  static boolean exceeds(int common, int words, BigDecimal threshold) {
    return BigDecimal.valueOf(2L * common).compareTo(threshold.multiply(BigDecimal.valueOf(words)))
        > 0;
  }
}
