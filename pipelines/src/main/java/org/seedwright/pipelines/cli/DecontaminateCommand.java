package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.seedwright.decontaminate.Reason;
import org.seedwright.decontaminate.benchmark.BenchmarkSearch;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.decontaminate.benchmark.ExactIndex;
import org.seedwright.decontaminate.benchmark.NGramIndex;
import org.seedwright.evaluate.benchmark.Benchmark;
import org.seedwright.evaluate.benchmark.BenchmarkAbsentException;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.pipelines.rows.FileDecontamination;
import org.seedwright.pipelines.run.BenchmarkTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decontaminate}: files without the texts of benchmarks. */
@Command(
    name = "decontaminate",
    description = {
      "Takes the rows out of JSONL or Parquet files that hold a benchmark's prompt, description or"
          + " solution: whole after normalisation (exact), or a large part of its words in runs"
          + " (n-gram).",
      "Writes Parquet: kept/ with all columns and seedwright_id, rejected/ with the evidence too,"
          + " hits/ with benchmark, task, test, column, offsets and coverage of every text found."
          + " See docs/contamination.md."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright decontaminate train.jsonl.gz --benchmark humaneval,mbpp --out clean",
      "  ./seedwright decontaminate part-*.parquet --benchmark all --columns text --out clean",
      "  ./seedwright decontaminate train.jsonl --benchmark ./my-problems.jsonl --tests n-gram \\",
      "    --coverage 0.3 --out clean --json"
    })
final class DecontaminateCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Option(
      names = "--benchmark",
      required = true,
      split = ",",
      paramLabel = "ID|FILE.jsonl",
      description =
          "Ids that 'benchmarks list' prints, files of one's own problems, or all: every benchmark"
              + " that is on this machine.")
  private List<String> benchmarks;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where kept/, rejected/ and hits/ are written; new or empty.")
  private Path out;

  @Option(
      names = "--columns",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns that are searched. Default: all but numbers.")
  private List<String> columns = List.of();

  @Option(
      names = "--tests",
      paramLabel = "TEST",
      split = ",",
      description = "exact, n-gram or both. Default: ${DEFAULT-VALUE}.",
      defaultValue = ExactIndex.TEST + "," + NGramIndex.TEST)
  private List<String> tests;

  @Option(
      names = "--words",
      paramLabel = "N",
      description = "Words of an n-gram, 6 to 100. Default: ${DEFAULT-VALUE}.",
      defaultValue = "" + NGramIndex.DEFAULT_WORDS)
  private int words;

  @Option(
      names = "--coverage",
      paramLabel = "SHARE",
      description =
          "Share of a benchmark text's words from which n-gram finds it, above 0 and at most 1."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "" + NGramIndex.DEFAULT_COVERAGE)
  private double coverage;

  @Mixin private DataOption data;

  @Mixin private RowFileOptions rows;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    long start = System.nanoTime();
    int workers = rows.threads();
    BenchmarkSearch.Tests asked = asked();
    var read = new TreeSet<String>();
    List<BenchmarkText> texts = texts(read);
    BenchmarkSearch search = search(texts, asked);
    FileDecontamination.Outcome outcome =
        new FileDecontamination(columns, search, rows.id(), workers).run(rows.files(), out);
    double seconds = (System.nanoTime() - start) / 1e9;
    var json = new LinkedHashMap<String, Object>();
    json.put("in", outcome.in());
    json.put("kept", outcome.kept());
    json.put("rejected", Map.of(Reason.CONTAMINATED.id(), outcome.rejected()));
    json.put("hits", outcome.hits());
    json.put("rowsByTest", outcome.rowsByTest());
    json.put("benchmarks", read);
    json.put("texts", texts.size());
    json.put("tooShort", tooShort(search));
    json.put("seconds", seconds);
    json.put("path", out.toString());
    output.object(json);
    output.text(
        "%d texts of %d benchmarks; too short to be searched for inside others: %s"
            .formatted(texts.size(), read.size(), tooShort(search)));
    output.text(
        "%d rows: %d kept, %d rejected (rows by test %s); %.1f s"
            .formatted(
                outcome.in(), outcome.kept(), outcome.rejected(), outcome.rowsByTest(), seconds));
    outcome.hits().forEach((name, hits) -> output.text("  %6d hits  %s".formatted(hits, name)));
    output.text("hits      " + TerminalText.line(out.resolve("hits").toString()));
    return ExitCode.DONE;
  }

  private static Map<String, Integer> tooShort(BenchmarkSearch search) {
    var counts = new LinkedHashMap<String, Integer>();
    search.indexes().forEach(index -> counts.put(index.test(), index.tooShort().size()));
    return counts;
  }

  private BenchmarkSearch.Tests asked() {
    for (String test : tests) {
      if (!List.of(ExactIndex.TEST, NGramIndex.TEST).contains(test)) {
        throw new WrongInputException(
            "--tests must be of exact, n-gram, but was '%s'".formatted(test));
      }
    }
    return new BenchmarkSearch.Tests(
        tests.contains(ExactIndex.TEST),
        tests.contains(NGramIndex.TEST)
            ? Optional.of(new BenchmarkSearch.NGrams(words, coverage))
            : Optional.empty());
  }

  private static BenchmarkSearch search(List<BenchmarkText> texts, BenchmarkSearch.Tests asked) {
    try {
      return BenchmarkSearch.of(texts, asked);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e.getMessage());
    }
  }

  private List<BenchmarkText> texts(Set<String> read) {
    List<BenchmarkText> texts = new ArrayList<>();
    for (String name : benchmarks) {
      if (name.equals(ALL)) {
        for (Benchmark benchmark : Benchmarks.all()) {
          try {
            texts.addAll(BenchmarkTexts.ofBenchmark(benchmark.id(), Optional.of(data.folder())));
            read.add(benchmark.id());
          } catch (BenchmarkAbsentException e) {
            output.progress("seedwright: not searched for: " + e.getMessage());
          }
        }
        if (read.isEmpty()) {
          throw new WrongInputException(
              "--benchmark all: none is in %s; 'benchmarks fetch' gets them"
                  .formatted(data.folder()));
        }
      } else if (Benchmarks.find(name).isEmpty() && name.matches("(?i).*\\.jsonl?(\\.gz)?")) {
        texts.addAll(BenchmarkTexts.ofFile(Path.of(name)));
        read.add(name);
      } else {
        texts.addAll(named(name));
        read.add(name);
      }
    }
    return texts;
  }

  private List<BenchmarkText> named(String name) {
    try {
      return BenchmarkTexts.ofBenchmark(name, Optional.of(data.folder()));
    } catch (IllegalArgumentException e) {
      throw new WrongInputException("--benchmark: " + e.getMessage());
    }
  }
}
