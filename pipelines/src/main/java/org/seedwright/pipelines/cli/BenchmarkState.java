package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.seedwright.evaluate.benchmark.Benchmark;
import org.seedwright.evaluate.benchmark.ExecutableBenchmark;

/** Whether a benchmark's file is in a folder. */
enum BenchmarkState {
  /** It is, with the pinned content. */
  THERE,
  /** It is not. */
  ABSENT,
  /** A file of that name is, with other content. */
  OTHER_CONTENT;

  static BenchmarkState of(Benchmark benchmark, Path folder) throws IOException {
    Path file = benchmark.file().in(folder);
    if (!Files.isRegularFile(file)) {
      return ABSENT;
    }
    return benchmark.file().isPinned(Files.readAllBytes(file)) ? THERE : OTHER_CONTENT;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Map<String, Object> json(Benchmark benchmark, Path folder) {
    var one = new LinkedHashMap<String, Object>();
    one.put("id", benchmark.id());
    one.put("title", benchmark.title());
    one.put("version", benchmark.version());
    one.put("paper", "arXiv:" + benchmark.paper());
    one.put("tasks", benchmark.size());
    one.put("executable", benchmark instanceof ExecutableBenchmark);
    one.put("state", id());
    one.put("file", benchmark.file().in(folder).toString());
    one.put("sha256", benchmark.file().sha256());
    one.put("origin", benchmark.file().origin());
    benchmark.file().official().ifPresent(official -> one.put("url", official.url().toString()));
    return one;
  }
}
