package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seedwright.pipelines.rows.RowFiles;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files of rows that a command reads, what names their rows, and in how many threads. */
final class RowFileOptions {
  private static final int MOST_THREADS = 1024;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files of rows: .jsonl, .jsonl.gz or .parquet, all of one kind.")
  private List<Path> files;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      description =
          "A column that names each row. Default: ids are made of the SHA-256 of the row.")
  private String id;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "1 to 1024; default: the number of cores.")
  private Integer threads;

  RowFiles files() throws IOException {
    return RowFiles.of(files);
  }

  Optional<String> id() {
    return Optional.ofNullable(id);
  }

  int threads() {
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (workers < 1 || workers > MOST_THREADS) {
      throw new WrongInputException(
          "--threads must be 1 to %d, but was %d".formatted(MOST_THREADS, workers));
    }
    return workers;
  }
}
