import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seedwright.decontaminate.benchmark.BenchmarkSearch;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.evaluate.benchmark.Benchmark;
import org.seedwright.evaluate.benchmark.BenchmarkAbsentException;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.pipelines.run.BenchmarkTexts;

/**
 * What the benchmarks' texts are, and CPU time of the search for them in texts in memory, the
 * collector's and the compiler's included.
 *
 * <p>MatchRows DATA texts OUT.jsonl writes every text; MatchRows DATA match DOCUMENTS.jsonl reads
 * documents, a string a line, and searches them again and again for some seconds.
 */
final class MatchRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long NANOS = 5_000_000_000L;

  private MatchRows() {}

  public static void main(String[] arguments) throws Exception {
    List<BenchmarkText> texts = texts(Path.of(arguments[0]));
    if (arguments[1].equals("texts")) {
      try (BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[2]))) {
        for (BenchmarkText text : texts) {
          out.write(
              JSON.writeValueAsString(
                  Map.of(
                      "benchmark", text.benchmark(),
                      "task", text.taskId(),
                      "part", text.part(),
                      "text", text.text())));
          out.newLine();
        }
      }
      return;
    }
    List<String> documents = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(arguments[2]))) {
      JsonNode text = JSON.readTree(line);
      documents.add(text.textValue());
    }
    for (boolean exact : new boolean[] {true, false}) {
      match(
          exact ? "exact" : "n-gram",
          texts,
          documents,
          new BenchmarkSearch.Tests(
              exact, exact ? Optional.empty() : Optional.of(BenchmarkSearch.NGrams.defaults())));
    }
    match(
        "both",
        texts,
        documents,
        new BenchmarkSearch.Tests(true, Optional.of(BenchmarkSearch.NGrams.defaults())));
  }

  private static void match(
      String name,
      List<BenchmarkText> texts,
      List<String> documents,
      BenchmarkSearch.Tests tests) {
    long building = cpu();
    BenchmarkSearch search = BenchmarkSearch.of(texts, tests);
    building = cpu() - building;
    int hit = 0;
    long first = 0;
    long spent = 0;
    int rounds = 0;
    // The first round is the compiler's; it is told apart.
    for (int round = 0; round < 2 || spent < NANOS; round++) {
      long begun = cpu();
      hit = 0;
      for (String document : documents) {
        hit += search.find("text", document).isEmpty() ? 0 : 1;
      }
      if (round == 0) {
        first = cpu() - begun;
      } else {
        spent += cpu() - begun;
        rounds++;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "{\"tests\": \"%s\", \"hit\": %d, \"rate\": %.0f, \"firstRate\": %.0f, \"building\": %.1f}%n",
        name,
        hit,
        rounds * (double) documents.size() / spent * 1e9,
        documents.size() / (double) first * 1e9,
        building / 1e9);
  }

  private static List<BenchmarkText> texts(Path data) {
    List<BenchmarkText> texts = new ArrayList<>();
    for (Benchmark benchmark : Benchmarks.all()) {
      try {
        texts.addAll(BenchmarkTexts.ofBenchmark(benchmark.id(), Optional.of(data)));
      } catch (BenchmarkAbsentException absent) {
        System.err.println("not searched for: " + absent.getMessage());
      }
    }
    return texts;
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
