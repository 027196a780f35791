package org.seedwright.evaluate.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seedwright.evaluate.rows.InputFileException;

/** A published set of problems in one version. */
public interface Benchmark {
  /** Stable lower-case name, never reused for other problems. */
  String id();

  /** The name its authors use. */
  String title();

  /** The version of the problems. */
  String version();

  /** The paper it is from, as an arXiv number. */
  String paper();

  /** How many problems it has. */
  int size();

  /** The file that holds it. */
  DataFile file();

  /**
   * The problems in the order of the file, {@link #size()} of them.
   *
   * @param dataFolder the folder below which {@link DataFile#path()} lies; commands take it from
   *     the environment variable SEEDWRIGHT_DATA, and there is no default
   * @throws BenchmarkAbsentException if the file is not there
   * @throws InputFileException if its content is not the pinned one
   */
  List<Problem> problems(Path dataFolder);

  /**
   * The problems, where the folder may not be known.
   *
   * @throws BenchmarkAbsentException also if there is no folder
   */
  default List<Problem> problems(Optional<Path> dataFolder) {
    return problems(
        dataFolder.orElseThrow(() -> BenchmarkAbsentException.withoutFolder(id(), file())));
  }
}
