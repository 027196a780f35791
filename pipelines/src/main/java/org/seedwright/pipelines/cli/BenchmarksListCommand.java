package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seedwright.evaluate.benchmark.Benchmark;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.ExecutableBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code benchmarks list}: every benchmark and whether its file is there. */
@Command(
    name = "list",
    description = {
      "Lists every benchmark with its version and whether its file is there with the pinned"
          + " content. All serve to decontaminate; 'tests: yes' says that its tests are read too."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright benchmarks list",
      "  ./seedwright benchmarks list --data /data/seedwright --json"
    })
final class BenchmarksListCommand implements Callable<Integer> {
  @Mixin private DataOption data;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    Path folder = data.folder();
    var table = TextTable.of("benchmark", "version", "tasks", "tests", "fetch", "file", "paper");
    var benchmarks = new ArrayList<Map<String, Object>>();
    for (Benchmark benchmark : Benchmarks.all()) {
      BenchmarkState state = BenchmarkState.of(benchmark, folder);
      benchmarks.add(state.json(benchmark, folder));
      table.add(
          benchmark.id(),
          benchmark.version(),
          Sizes.count(benchmark.size()),
          benchmark instanceof ExecutableBenchmark ? "yes" : "no",
          benchmark.file().official().isPresent() ? "yes" : "no",
          state.id(),
          "arXiv:" + benchmark.paper());
    }
    var object = new LinkedHashMap<String, Object>();
    object.put("folder", folder.toString());
    object.put("benchmarks", benchmarks);
    output.object(object);
    output.text(table.toString());
    output.text("in " + folder);
    return ExitCode.DONE;
  }
}
