package org.seedwright.evaluate.benchmark;

import java.nio.file.Path;
import java.util.Optional;

/** A benchmark whose answers can be run here. */
public interface ExecutableBenchmark extends Benchmark {
  /**
   * The problems with their tests, in the order of {@link #problems(Path)}.
   *
   * @throws BenchmarkAbsentException if the file is not there
   * @throws org.seedwright.evaluate.rows.InputFileException if its content is not the pinned one
   */
  TaskSet taskSet(Path dataFolder);

  /**
   * The same, where the folder may not be known.
   *
   * @throws BenchmarkAbsentException also if there is no folder
   */
  default TaskSet taskSet(Optional<Path> dataFolder) {
    return taskSet(
        dataFolder.orElseThrow(() -> BenchmarkAbsentException.withoutFolder(id(), file())));
  }
}
