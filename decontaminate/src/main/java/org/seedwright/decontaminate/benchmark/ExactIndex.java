package org.seedwright.decontaminate.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seedwright.decontaminate.text.NormalizedText;
import org.seedwright.decontaminate.text.Normalizer;
import org.seedwright.decontaminate.text.Span;

/**
 * Finds the benchmark texts that a row's text holds word for word after {@link Normalizer}, so that
 * new indentation, line breaks or case hide nothing. This is the substring test of Magicoder's and
 * bigcode's decontamination, which compare lower-cased text only.
 *
 * <p>A text of fewer than {@value #MINIMUM_CHARACTERS} normalised characters is an idiom rather
 * than evidence: it hits only where it is the whole column. {@link #tooShort()} lists those texts,
 * so that a report can say what was not searched for.
 *
 * <p>One pass over the text whatever the number of patterns: each pattern is anchored on that
 * window of {@value #MINIMUM_CHARACTERS} of its characters that is rarest among all patterns, a
 * rolling hash meets the anchor, and the whole pattern is then compared. Prompts that begin alike
 * ("Write a function to find the number of ...") therefore do not slow the pass down. Safe for use
 * by several threads, and serializable so that engines can ship it to workers.
 */
public final class ExactIndex implements BenchmarkIndex {
  /** Value of {@link Overlap#test()} for what this index finds. */
  public static final String TEST = "exact";

  /**
   * Fewest normalised characters (UTF-16) of a text that is searched for inside others. Measured on
   * the solutions of HumanEval, HumanEval+, HumanEvalPack, MBPP, MBXP and DS-1000 within 4,759
   * published instruction rows and 19 million characters of Python library code: texts of up to 24
   * characters ({@code return x + y}, the greatest common divisor in three lines) hit by chance;
   * from 25 on only three one-line translations of MBXP did, in three rows. The shortest of MBPP's
   * 974 descriptions has 31 characters, so that all of them are searched for.
   */
  public static final int MINIMUM_CHARACTERS = 30;

  private static final Comparator<BenchmarkText> BY_TASK =
      Comparator.comparing(BenchmarkText::benchmark)
          .thenComparing(BenchmarkText::taskId)
          .thenComparing(BenchmarkText::part)
          .thenComparing(BenchmarkText::text);

  private final String[] patterns;
  private final int[] anchors;
  private final ArrayList<List<BenchmarkText>> owners;
  private final WindowTable table;
  private final TreeMap<String, List<BenchmarkText>> wholes;

  private ExactIndex(Map<String, List<BenchmarkText>> byNormalForm) {
    wholes = new TreeMap<>();
    Map<String, List<BenchmarkText>> searched = new TreeMap<>();
    byNormalForm.forEach(
        (normal, texts) ->
            (normal.length() < MINIMUM_CHARACTERS ? wholes : searched).put(normal, texts));
    patterns = searched.keySet().toArray(String[]::new);
    owners = new ArrayList<>(searched.values());
    table = new WindowTable(patterns.length);
    anchors = anchors(patterns, table);
  }

  /**
   * The index of these texts. Neither their order nor repetition matters; a text without any
   * character that counts is too short and never found.
   */
  public static ExactIndex of(Collection<BenchmarkText> texts) {
    TreeSet<BenchmarkText> distinct = new TreeSet<>(BY_TASK);
    distinct.addAll(texts);
    Map<String, List<BenchmarkText>> byNormalForm = new TreeMap<>();
    for (BenchmarkText text : distinct) {
      byNormalForm
          .computeIfAbsent(Normalizer.text(text.text()), normal -> new ArrayList<>())
          .add(text);
    }
    return new ExactIndex(byNormalForm);
  }

  @Override
  public String test() {
    return TEST;
  }

  /**
   * Every benchmark text that occurs in this text, each at its first occurrence, in {@link
   * Overlap#ORDER}.
   *
   * @param column name of the column, for the evidence only
   */
  @Override
  public List<Overlap> find(String column, String text) {
    NormalizedText normalized = Normalizer.normalize(text);
    String normal = normalized.text();
    List<Overlap> found = new ArrayList<>();
    if (normal.length() >= MINIMUM_CHARACTERS) {
      search(column, normalized, found);
    } else if (!normal.isEmpty() && wholes.containsKey(normal)) {
      add(wholes.get(normal), column, normalized.span(0, normal.length()), found);
    }
    found.sort(Overlap.ORDER);
    return List.copyOf(found);
  }

  /** The texts that are only compared with whole columns, by benchmark, task and part. */
  @Override
  public List<BenchmarkText> tooShort() {
    return wholes.values().stream().flatMap(List::stream).sorted(BY_TASK).toList();
  }

  /** How many different normal forms are searched for inside texts. */
  public int size() {
    return patterns.length;
  }

  private void search(String column, NormalizedText normalized, List<Overlap> found) {
    String text = normalized.text();
    // A pattern once found is not compared again: the first occurrence is the evidence.
    BitSet seen = new BitSet();
    WindowHash window = new WindowHash(text, MINIMUM_CHARACTERS);
    do {
      int pattern = table.first(window.hash());
      for (; pattern != WindowTable.NONE; pattern = table.after(pattern)) {
        int start = window.start() - anchors[pattern];
        if (!seen.get(pattern) && text.startsWith(patterns[pattern], start)) {
          seen.set(pattern);
          Span span = normalized.span(start, start + patterns[pattern].length());
          add(owners.get(pattern), column, span, found);
        }
      }
    } while (window.next());
  }

  private static void add(
      List<BenchmarkText> texts, String column, Span span, List<Overlap> found) {
    for (BenchmarkText text : texts) {
      found.add(
          new Overlap(
              text.benchmark(),
              text.taskId(),
              text.part(),
              TEST,
              column,
              span.start(),
              span.end()));
    }
  }

  /** Puts each pattern into the table under its rarest window; returns where that window begins. */
  private static int[] anchors(String[] patterns, WindowTable table) {
    long[] all = new long[windows(patterns)];
    int count = 0;
    for (String pattern : patterns) {
      WindowHash window = new WindowHash(pattern, MINIMUM_CHARACTERS);
      do {
        all[count++] = window.hash();
      } while (window.next());
    }
    Frequencies frequencies = new Frequencies(all);
    int[] anchors = new int[patterns.length];
    for (int i = 0; i < patterns.length; i++) {
      long best = 0;
      int fewest = Integer.MAX_VALUE;
      WindowHash window = new WindowHash(patterns[i], MINIMUM_CHARACTERS);
      do {
        int occurrences = frequencies.of(window.hash());
        if (occurrences < fewest) {
          fewest = occurrences;
          best = window.hash();
          anchors[i] = window.start();
        }
      } while (fewest > 1 && window.next());
      table.put(best, i);
    }
    return anchors;
  }

  private static int windows(String[] patterns) {
    long windows = 0;
    for (String pattern : patterns) {
      windows += pattern.length() - MINIMUM_CHARACTERS + 1;
    }
    return Math.toIntExact(windows);
  }

  /** How often each hash occurs among the windows of all patterns; needed while building only. */
  private static final class Frequencies {
    private final long[] hashes;
    private final int[] counts;

    /** Takes the array over. */
    Frequencies(long[] all) {
      Arrays.sort(all);
      counts = new int[all.length];
      int distinct = 0;
      for (int i = 0; i < all.length; i++) {
        if (i == 0 || all[i] != all[i - 1]) {
          all[distinct++] = all[i];
        }
        counts[distinct - 1]++;
      }
      hashes = Arrays.copyOf(all, distinct);
    }

    int of(long hash) {
      return counts[Arrays.binarySearch(hashes, hash)];
    }
  }
}
