package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seedwright.evaluate.benchmark.Benchmark;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.ExecutableBenchmark;
import org.seedwright.evaluate.benchmark.TaskSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchmarks check}: whether files are the pinned ones and can be read. */
@Command(
    name = "check",
    description = {
      "Reads the files of benchmarks, their tests too, and says what is absent or not the pinned"
          + " content. Executes nothing.",
      "Exit 1 where a file has other content, or where a benchmark that was named is absent."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright benchmarks check",
      "  ./seedwright benchmarks check humaneval-plus mbpp-plus --json"
    })
final class BenchmarksCheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "BENCHMARK",
      description = "Ids as 'benchmarks list' prints them. Default: all.")
  private List<String> ids = List.of();

  @Mixin private DataOption data;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    Path folder = data.folder();
    var table = TextTable.of("benchmark", "file", "problems", "references");
    var checked = new ArrayList<Map<String, Object>>();
    int flawed = 0;
    for (Benchmark benchmark : wanted()) {
      BenchmarkState state = BenchmarkState.of(benchmark, folder);
      boolean isFlawed =
          state == BenchmarkState.OTHER_CONTENT
              || (state == BenchmarkState.ABSENT && !ids.isEmpty());
      flawed += isFlawed ? 1 : 0;
      var one = new LinkedHashMap<>(state.json(benchmark, folder));
      if (state == BenchmarkState.THERE) {
        one.put("problems", benchmark.problems(folder).size());
        if (benchmark instanceof ExecutableBenchmark executable) {
          TaskSet set = executable.taskSet(folder);
          one.put("references", set.tasks().size() - set.withoutReference().size());
        }
      }
      checked.add(one);
      table.add(
          benchmark.id(),
          state.id(),
          String.valueOf(one.getOrDefault("problems", "-")),
          String.valueOf(one.getOrDefault("references", "-")));
    }
    output.object(Map.of("folder", folder.toString(), "flawed", flawed, "benchmarks", checked));
    output.text(table.toString());
    output.text("in " + folder);
    return flawed == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<Benchmark> wanted() {
    try {
      return ids.isEmpty() ? Benchmarks.all() : ids.stream().map(Benchmarks::named).toList();
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e.getMessage());
    }
  }
}
