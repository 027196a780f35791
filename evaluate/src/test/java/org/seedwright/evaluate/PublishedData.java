package org.seedwright.evaluate;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.TaskSet;

/** The folder with the published benchmarks and generations, for tests that read real files. */
public final class PublishedData {
  private static final Map<String, TaskSet> TASKS = new ConcurrentHashMap<>();

  private PublishedData() {}

  /** The folder; the test is skipped, and says so, where there is none. */
  public static Path folder() {
    Optional<String> folder = Optional.ofNullable(System.getenv("SEEDWRIGHT_DATA"));
    assumeThat(folder)
        .as("skipped: SEEDWRIGHT_DATA names no folder with the published benchmarks")
        .isPresent();
    return Path.of(folder.orElseThrow());
  }

  /** The tasks of a benchmark, read once for all tests. */
  public static TaskSet tasks(String benchmark) {
    Path folder = folder();
    return TASKS.computeIfAbsent(benchmark, id -> Benchmarks.executable(id).taskSet(folder));
  }

  /** A file of it; skipped also where only this file is absent. */
  public static Path file(String path) {
    Path file = folder().resolve(path);
    assumeThat(file).as("skipped: SEEDWRIGHT_DATA holds no %s", path).isRegularFile();
    return file;
  }
}
