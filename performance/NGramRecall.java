import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.decontaminate.benchmark.NGramIndex;
import org.seedwright.decontaminate.text.Words;
import org.seedwright.evaluate.benchmark.Benchmark;
import org.seedwright.evaluate.benchmark.BenchmarkAbsentException;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.pipelines.run.BenchmarkTexts;

/**
 * Which share of planted benchmark texts the n-gram test finds, by how much of them was changed.
 *
 * <p>NGramRecall DATA COUNT SEED takes so many of the texts that are searched for, puts each between
 * fifty made-up words before and after, with some of its own words exchanged for made-up ones, each
 * by itself or all at the end, and prints a table in Markdown.
 */
final class NGramRecall {
  private static final int[] LONGEST = {19, 49, Integer.MAX_VALUE};
  private static final int[] PER_CENT = {0, 2, 5, 8, 10, 12, 15, 20, 25, 30, 40, 45, 50, 55, 60};
  private static final int AROUND = 50;

  private final Random random;
  private final NGramIndex index;

  private NGramRecall(long seed, NGramIndex index) {
    this.random = new Random(seed);
    this.index = index;
  }

  public static void main(String[] arguments) {
    List<BenchmarkText> texts = new ArrayList<>();
    for (Benchmark benchmark : Benchmarks.all()) {
      try {
        texts.addAll(
            BenchmarkTexts.ofBenchmark(benchmark.id(), Optional.of(Path.of(arguments[0]))));
      } catch (BenchmarkAbsentException absent) {
        System.err.println("not searched for: " + absent.getMessage());
      }
    }
    var index =
        NGramIndex.of(texts, NGramIndex.DEFAULT_WORDS, NGramIndex.DEFAULT_COVERAGE);
    texts.removeAll(new java.util.HashSet<>(index.tooShort()));
    long seed = Long.parseLong(arguments[2]);
    Collections.shuffle(texts, new Random(seed));
    List<BenchmarkText> some =
        texts.subList(0, Math.min(texts.size(), Integer.parseInt(arguments[1])));
    new NGramRecall(seed, index).table(some);
  }

  private void table(List<BenchmarkText> texts) {
    System.out.printf("%d of the texts that are searched for:%n%n", texts.size());
    System.out.println(
        "| per cent of the words | exchanged one by one: 6 to 19 words | 20 to 49 | 50 and more"
            + " | coverage expected | cut off at the end: 6 to 19 words | 20 to 49 | 50 and more |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for (int perCent : PER_CENT) {
      double share = perCent / 100.0;
      double same = 1 - share;
      System.out.printf(
          Locale.ROOT,
          "| %d | %s | %.2f | %s |%n",
          perCent,
          row(texts, words -> at -> random.nextDouble() < share),
          Math.pow(same, 10) * (1 + 9 * share),
          row(texts, words -> at -> at >= Math.round(words * same)));
    }
  }

  /** Says of a text of so many words which go. */
  private interface Change {
    IntPredicate of(int words);
  }

  private String row(List<BenchmarkText> texts, Change change) {
    int[] planted = new int[LONGEST.length];
    int[] found = new int[LONGEST.length];
    for (BenchmarkText text : texts) {
      Words words = new Words().read(text.text());
      int length = 0;
      while (words.count() > LONGEST[length]) {
        length++;
      }
      planted[length]++;
      String disguised = disguised(text.text(), words, change.of(words.count()));
      boolean hit =
          index.find("text", disguised).stream()
              .anyMatch(
                  overlap ->
                      overlap.benchmark().equals(text.benchmark())
                          && overlap.taskId().equals(text.taskId())
                          && overlap.part().equals(text.part()));
      found[length] += hit ? 1 : 0;
    }
    List<String> shares = new ArrayList<>();
    for (int i = 0; i < planted.length; i++) {
      shares.add(String.format(Locale.ROOT, "%.3f", found[i] / (double) planted[i]));
    }
    return String.join(" | ", shares);
  }

  private String disguised(String text, Words words, IntPredicate goes) {
    var row = new StringBuilder();
    noise(row, AROUND);
    int at = 0;
    for (int word = 0; word < words.count(); word++) {
      row.append(text, at, words.start(word));
      if (goes.test(word)) {
        noise(row, 1);
      } else {
        row.append(text, words.start(word), words.end(word));
      }
      at = words.end(word);
    }
    row.append(text, at, text.length()).append(' ');
    noise(row, AROUND);
    return row.toString();
  }

  private void noise(StringBuilder row, int words) {
    for (int i = 0; i < words; i++) {
      row.append("zq").append(random.nextInt(1_000_000)).append(words == 1 ? "" : " ");
    }
  }
}
