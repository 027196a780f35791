package org.seedwright.pipelines.evaluation;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.seedwright.evaluate.benchmark.BenchmarkFile;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.ExecutableBenchmark;
import org.seedwright.evaluate.benchmark.TaskSet;

/**
 * Where a task set is read from, on every machine that runs its tests: too large to travel.
 *
 * @param id of a benchmark; empty for anyone's own file
 * @param path the data folder, or the own file; absolute
 */
public record BenchmarkPlace(String id, String path) implements Serializable {
  /** A benchmark by its id, in a data folder. */
  public static BenchmarkPlace of(ExecutableBenchmark benchmark, Path dataFolder) {
    return new BenchmarkPlace(benchmark.id(), dataFolder.toAbsolutePath().toString());
  }

  /** Anyone's own file. */
  public static BenchmarkPlace of(Path file) {
    return new BenchmarkPlace("", file.toAbsolutePath().toString());
  }

  /** The benchmark, where it has an id. */
  public Optional<ExecutableBenchmark> benchmark() {
    return id.isEmpty() ? Optional.empty() : Optional.of(Benchmarks.executable(id));
  }

  /** The file that is read. */
  public Path file() {
    return benchmark().map(one -> one.file().in(Path.of(path))).orElseGet(() -> Path.of(path));
  }

  /**
   * Reads the tasks.
   *
   * @throws org.seedwright.evaluate.benchmark.BenchmarkAbsentException if the file is not there
   * @throws org.seedwright.evaluate.rows.InputFileException if it is not as it should be
   */
  public TaskSet read() {
    return benchmark()
        .map(one -> one.taskSet(Path.of(path)))
        .orElseGet(() -> BenchmarkFile.taskSet(Path.of(path)));
  }
}
