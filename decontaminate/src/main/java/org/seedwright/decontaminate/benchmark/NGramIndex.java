package org.seedwright.decontaminate.benchmark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seedwright.decontaminate.text.Words;

/**
 * Finds the benchmark texts of which a row's text holds a large part: runs of {@link Words}
 * (n-grams) that both have, whatever stands between the words and between the runs. So a copy with
 * other punctuation, with a changed, added or missing sentence, or in pieces is found, where {@link
 * ExactIndex} finds whole copies only.
 *
 * <p>What counts is <b>coverage</b>: of the benchmark text's words, the share that lies in runs
 * that the row has too. A text of fewer words than a run is one run by itself; one of fewer than
 * {@value #FEWEST_WORDS} is not searched for. A run that more than {@value #COMMON} tasks of one
 * benchmark share ("from typing import List ...") is that benchmark's way of speaking and proves
 * nothing: it counts neither as found nor as missing. A text of which fewer than {@value
 * #FEWEST_WORDS} words are left is not searched for either; {@link #tooShort()} lists both.
 *
 * <p>One pass over the text whatever the number of patterns. Safe for use by several threads, and
 * serializable so that engines can ship it to workers.
 */
public final class NGramIndex implements BenchmarkIndex {
  /** Value of {@link Overlap#test()} for what this index finds. */
  public static final String TEST = "n-gram";

  /** Words of a run where nothing else is said. */
  public static final int DEFAULT_WORDS = 10;

  /** Coverage from which a text is found, where nothing else is said. */
  public static final double DEFAULT_COVERAGE = 0.5;

  /** Fewest words of a text that is searched for. */
  public static final int FEWEST_WORDS = 6;

  /**
   * Fewest words of a solution that is searched for. Half of a shorter one is an idiom: of 141 rows
   * of a published instruction set (4,535 rows) that were hit without this, nearly all had a loop,
   * a bubble sort or a Fibonacci function in common with some short solution.
   */
  public static final int FEWEST_WORDS_OF_SOLUTION = 40;

  /** Most words of a run. */
  public static final int MOST_WORDS = 100;

  /** Most tasks of one benchmark that may share a run that proves something. */
  public static final int COMMON = 5;

  private static final long BASE = 0x9E3779B97F4A7C15L;

  private static final Comparator<BenchmarkText> BY_TASK =
      Comparator.comparing(BenchmarkText::benchmark)
          .thenComparing(BenchmarkText::taskId)
          .thenComparing(BenchmarkText::part)
          .thenComparing(BenchmarkText::text);

  /** Benchmark texts with the same words. */
  private record Pattern(ArrayList<BenchmarkText> owners, int words, int provable)
      implements Serializable {}

  private final double coverage;
  private final ArrayList<Pattern> patterns = new ArrayList<>();
  private final ArrayList<BenchmarkText> tooShort = new ArrayList<>();
  private final int[] lengths;
  private final int most;

  /** Open addressing from the hash of a run to its number; at most a third full. */
  private final long[] hashes;

  private final int[] runs;
  private final int shift;

  /** By place in {@link #lengths}: whether a hash may be that of a run of that length. */
  private final HashFilter[] filters;

  /** By run: length, and where in {@link #postings} its pairs of pattern and place begin. */
  private final int[] runLengths;

  private final int[] firsts;
  private final int[] postings;

  private NGramIndex(Set<BenchmarkText> texts, int words, double coverage) {
    this.coverage = coverage;
    Map<String, List<BenchmarkText>> byWords = new TreeMap<>();
    Map<String, long[]> wordsOf = new HashMap<>();
    Words reading = new Words();
    for (BenchmarkText text : texts) {
      reading.read(text.text());
      long[] read = new long[reading.count()];
      Arrays.setAll(read, reading::hash);
      if (read.length < fewest(text)) {
        tooShort.add(text);
        continue;
      }
      String key = Arrays.toString(read);
      wordsOf.put(key, read);
      byWords.computeIfAbsent(key, none -> new ArrayList<>()).add(text);
    }
    Map<Long, Integer> numbers = runs(byWords, wordsOf, words);
    int count = numbers.size();
    runLengths = new int[count];
    List<List<int[]>> places = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      places.add(new ArrayList<>());
    }
    TreeSet<Integer> used = new TreeSet<>();
    byWords.forEach(
        (key, owners) -> {
          long[] read = wordsOf.get(key);
          int length = Math.min(words, read.length);
          BitSet provable = new BitSet(read.length);
          for (int at = 0; at + length <= read.length; at++) {
            if (numbers.containsKey(hash(read, at, length))) {
              provable.set(at, at + length);
            }
          }
          if (provable.cardinality() < FEWEST_WORDS) {
            tooShort.addAll(owners);
            return;
          }
          used.add(length);
          for (int at = 0; at + length <= read.length; at++) {
            Integer run = numbers.get(hash(read, at, length));
            if (run != null) {
              runLengths[run] = length;
              places.get(run).add(new int[] {patterns.size(), at});
            }
          }
          patterns.add(new Pattern(new ArrayList<>(owners), read.length, provable.cardinality()));
        });
    tooShort.sort(BY_TASK);
    lengths = used.stream().mapToInt(Integer::intValue).toArray();
    most = used.isEmpty() ? 0 : used.last();
    firsts = new int[count + 1];
    for (int run = 0; run < count; run++) {
      firsts[run + 1] = firsts[run] + places.get(run).size();
    }
    postings = new int[2 * firsts[count]];
    int at = 0;
    for (List<int[]> some : places) {
      for (int[] place : some) {
        postings[at++] = place[0];
        postings[at++] = place[1];
      }
    }
    int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(Math.max(1, count * 2)));
    shift = 64 - bits;
    hashes = new long[1 << bits];
    runs = new int[1 << bits];
    Arrays.fill(runs, -1);
    numbers.forEach(
        (hash, run) -> {
          int slot = (int) (hash >>> shift);
          while (runs[slot] >= 0) {
            slot = (slot + 1) & (runs.length - 1);
          }
          hashes[slot] = hash;
          runs[slot] = run;
        });
    filters = filters(byWords.keySet(), wordsOf, words, numbers);
  }

  /**
   * The index of these texts. Neither their order nor repetition matters.
   *
   * @param words of a run, {@value #FEWEST_WORDS} to {@value #MOST_WORDS}
   * @param coverage from which a text is found, above 0 and at most 1
   */
  public static NGramIndex of(Collection<BenchmarkText> texts, int words, double coverage) {
    if (words < FEWEST_WORDS || words > MOST_WORDS) {
      throw new IllegalArgumentException(
          "words of an n-gram must be %d to %d, but was %d"
              .formatted(FEWEST_WORDS, MOST_WORDS, words));
    }
    if (!(coverage > 0 && coverage <= 1)) {
      throw new IllegalArgumentException(
          "coverage must be above 0 and at most 1, but was %s".formatted(coverage));
    }
    TreeSet<BenchmarkText> distinct = new TreeSet<>(BY_TASK);
    distinct.addAll(texts);
    return new NGramIndex(distinct, words, coverage);
  }

  @Override
  public String test() {
    return TEST;
  }

  /**
   * Every stretch of this text that covers a benchmark text to the wanted part, in {@link
   * Overlap#ORDER}: a text that is there in pieces has an overlap for each, all with the coverage
   * of the whole.
   *
   * @param column name of the column, for the evidence only
   */
  @Override
  public List<Overlap> find(String column, String text) {
    if (most == 0) {
      return List.of();
    }
    Words words = new Words().read(text);
    int count = words.count();
    if (count < lengths[0]) {
      return List.of();
    }
    List<int[]> met = met(words);
    if (met.isEmpty()) {
      return List.of();
    }
    Map<Integer, BitSet> covered = new TreeMap<>();
    BitSet seen = new BitSet();
    for (int[] place : met) {
      int run = place[1];
      if (!seen.get(run)) {
        seen.set(run);
        for (int i = firsts[run]; i < firsts[run + 1]; i++) {
          int from = postings[2 * i + 1];
          covered
              .computeIfAbsent(postings[2 * i], none -> new BitSet())
              .set(from, from + runLengths[run]);
        }
      }
    }
    List<Overlap> found = new ArrayList<>();
    covered.forEach(
        (pattern, places) -> {
          double share = (double) places.cardinality() / patterns.get(pattern).provable();
          if (share >= coverage) {
            add(column, words, stretches(pattern, met), pattern, share, found);
          }
        });
    found.sort(Overlap.ORDER);
    return List.copyOf(found);
  }

  /** The texts that are not searched for, by benchmark, task and part. */
  @Override
  public List<BenchmarkText> tooShort() {
    return List.copyOf(tooShort);
  }

  /** How many texts with different words are searched for. */
  public int size() {
    return patterns.size();
  }

  /** Places of the row's words where a known run begins, with the run. */
  private List<int[]> met(Words words) {
    List<int[]> met = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      meet(words, lengths[i], filters[i], met);
    }
    return met;
  }

  /** Most runs are in no text: the filter says so before anything else is computed. */
  private void meet(Words words, int length, HashFilter filter, List<int[]> met) {
    long leaving = power(length);
    long hash = 0;
    int count = words.count();
    for (int at = 0; at < count; at++) {
      hash = hash * BASE + words.hash(at);
      if (at >= length) {
        hash -= leaving * words.hash(at - length);
      }
      if (at >= length - 1 && filter.mayHave(hash)) {
        int run = run(mixed(hash, length));
        if (run >= 0) {
          met.add(new int[] {at - length + 1, run});
        }
      }
    }
  }

  private int run(long hash) {
    int slot = (int) (hash >>> shift);
    while (runs[slot] >= 0) {
      if (hashes[slot] == hash) {
        return runs[slot];
      }
      slot = (slot + 1) & (runs.length - 1);
    }
    return -1;
  }

  /** The stretches of the row's words, from and to, that runs of a pattern cover. */
  private List<int[]> stretches(int pattern, List<int[]> met) {
    List<int[]> stretches = new ArrayList<>();
    BitSet words = new BitSet();
    for (int[] place : met) {
      int run = place[1];
      for (int i = firsts[run]; i < firsts[run + 1]; i++) {
        if (postings[2 * i] == pattern) {
          words.set(place[0], place[0] + runLengths[run]);
          break;
        }
      }
    }
    for (int from = words.nextSetBit(0); from >= 0; ) {
      int to = words.nextClearBit(from);
      stretches.add(new int[] {from, to});
      from = words.nextSetBit(to);
    }
    return stretches;
  }

  private void add(
      String column,
      Words words,
      List<int[]> stretches,
      int pattern,
      double share,
      List<Overlap> found) {
    for (int[] stretch : stretches) {
      for (BenchmarkText text : patterns.get(pattern).owners()) {
        found.add(
            new Overlap(
                text.benchmark(),
                text.taskId(),
                text.part(),
                TEST,
                column,
                words.start(stretch[0]),
                words.end(stretch[1] - 1),
                share));
      }
    }
  }

  /** The runs that prove something, numbered. */
  private static Map<Long, Integer> runs(
      Map<String, List<BenchmarkText>> byWords, Map<String, long[]> wordsOf, int words) {
    Map<Long, Map<String, Set<String>>> tasks = new HashMap<>();
    byWords.forEach(
        (key, owners) -> {
          long[] read = wordsOf.get(key);
          int length = Math.min(words, read.length);
          for (int at = 0; at + length <= read.length; at++) {
            Map<String, Set<String>> sharing =
                tasks.computeIfAbsent(hash(read, at, length), none -> new HashMap<>(2));
            for (BenchmarkText owner : owners) {
              sharing
                  .computeIfAbsent(owner.benchmark(), none -> new HashSet<>(2))
                  .add(owner.taskId());
            }
          }
        });
    Map<Long, Integer> numbers = new TreeMap<>();
    tasks.forEach(
        (hash, sharing) -> {
          if (sharing.values().stream().allMatch(some -> some.size() <= COMMON)) {
            numbers.put(hash, 0);
          }
        });
    int next = 0;
    for (Map.Entry<Long, Integer> entry : numbers.entrySet()) {
      entry.setValue(next++);
    }
    return numbers;
  }

  /** For each length what its numbered runs may be, by their hashes before these are mixed. */
  private HashFilter[] filters(
      Set<String> keys, Map<String, long[]> wordsOf, int words, Map<Long, Integer> numbers) {
    HashFilter[] filters = new HashFilter[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      int length = lengths[i];
      filters[i] =
          new HashFilter((int) Arrays.stream(runLengths).filter(one -> one == length).count());
    }
    for (String key : keys) {
      long[] read = wordsOf.get(key);
      int length = Math.min(words, read.length);
      int place = Arrays.binarySearch(lengths, length);
      // Where all texts of a length are too short by now, the length is not looked for.
      for (int at = 0; place >= 0 && at + length <= read.length; at++) {
        long rolled = rolled(read, at, length);
        if (numbers.containsKey(mixed(rolled, length))) {
          filters[place].add(rolled);
        }
      }
    }
    return filters;
  }

  private static long hash(long[] words, int from, int length) {
    return mixed(rolled(words, from, length), length);
  }

  private static long rolled(long[] words, int from, int length) {
    long hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = hash * BASE + words[i];
    }
    return hash;
  }

  private static int fewest(BenchmarkText text) {
    return text.part().equals("solution") ? FEWEST_WORDS_OF_SOLUTION : FEWEST_WORDS;
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= BASE;
    }
    return power;
  }

  private static long mixed(long hash, int length) {
    long mixed = (hash ^ length) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 32)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 29);
  }
}
