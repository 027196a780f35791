package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seedwright.evaluate.benchmark.Benchmark;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.Fetch;
import org.seedwright.evaluate.benchmark.FetchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchmarks fetch}: downloads files from their official places. */
@Command(
    name = "fetch",
    description = {
      "Downloads the files of benchmarks from where their authors publish them, and keeps them only"
          + " with the pinned content. What is there is not fetched again; a download that broke"
          + " goes on where it ended.",
      "Exit 1 where one could not be fetched."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright benchmarks fetch humaneval mbpp-plus",
      "  ./seedwright benchmarks fetch --all --data /data/seedwright"
    })
final class BenchmarksFetchCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Parameters(
      arity = "0..*",
      paramLabel = "BENCHMARK",
      description = "Ids as 'benchmarks list' prints them.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "All that have a place to be fetched from.")
  private boolean all;

  @Mixin private DataOption data;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    List<Benchmark> wanted = wanted();
    Path folder = data.folder();
    Fetch fetch = new Fetch(folder, PAUSE, PATIENCE);
    var fetched = new ArrayList<Map<String, Object>>();
    int failed = 0;
    for (Benchmark benchmark : wanted) {
      var one = new LinkedHashMap<String, Object>();
      one.put("id", benchmark.id());
      one.put("file", benchmark.file().in(folder).toString());
      try {
        one.put("state", fetch.fetch(benchmark).id());
      } catch (FetchException e) {
        failed++;
        one.put("state", "failed");
        one.put("problem", e.getMessage());
      }
      fetched.add(one);
      output.text(
          "%s  %s".formatted(one.get("state"), one.getOrDefault("problem", one.get("file"))));
    }
    output.object(Map.of("folder", folder.toString(), "benchmarks", fetched));
    return failed == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<Benchmark> wanted() {
    if (all == !ids.isEmpty()) {
      throw new WrongInputException("name benchmarks to fetch, or --all, not both");
    }
    try {
      return all
          ? Benchmarks.all().stream()
              .filter(benchmark -> benchmark.file().official().isPresent())
              .toList()
          : ids.stream().map(Benchmarks::named).toList();
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e.getMessage());
    }
  }
}
