package org.seedwright.evaluate.benchmark;

import java.nio.file.Path;

/** A benchmark that was named is not on this machine. It is never passed over in silence. */
public final class BenchmarkAbsentException extends RuntimeException {
  private final String benchmark;

  private BenchmarkAbsentException(String benchmark, String message) {
    super(message);
    this.benchmark = benchmark;
  }

  static BenchmarkAbsentException withoutFolder(String benchmark, DataFile file) {
    return new BenchmarkAbsentException(
        benchmark,
        "benchmark %s: no data folder is set; set SEEDWRIGHT_DATA to the folder that holds %s (%s)%s"
            .formatted(benchmark, file.path(), file.origin(), orFetch(benchmark, file)));
  }

  static BenchmarkAbsentException withoutFile(String benchmark, DataFile file, Path expected) {
    return new BenchmarkAbsentException(
        benchmark,
        "benchmark %s: no file %s; put %s there or set SEEDWRIGHT_DATA to the folder that holds %s%s"
            .formatted(benchmark, expected, file.origin(), file.path(), orFetch(benchmark, file)));
  }

  private static String orFetch(String benchmark, DataFile file) {
    return file.official().isPresent()
        ? ", or run ./seedwright benchmarks fetch %s".formatted(benchmark)
        : "";
  }

  /** Id of the benchmark that is missing. */
  public String benchmark() {
    return benchmark;
  }
}
