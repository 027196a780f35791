package org.seedwright.pipelines.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Files of rows, one after the other: either all JSONL (plain or gzip) or all Parquet. They can be
 * read several times and are never held in memory: a few thousand rows are on their way at once.
 */
public final class RowFiles {
  /** Takes what became of the rows, in the order of the files. */
  @FunctionalInterface
  public interface Sink<R> {
    void take(R result) throws IOException;
  }

  /** Takes the rows, each with its place among all, from 0 on. */
  @FunctionalInterface
  interface NumberedSink {
    void take(int number, Row row) throws IOException;
  }

  /** Reads a file and hands on its rows in batches, not parsed yet. */
  interface Format {
    void read(Path file, Sink<Supplier<List<Row>>> batches) throws IOException;

    RowSchema schema();
  }

  static final int BATCH = 256;

  private final List<Path> files;
  private final Format format;

  private RowFiles(List<Path> files, Format format) {
    this.files = List.copyOf(files);
    this.format = format;
  }

  /**
   * The files.
   *
   * @throws RowFileException if there is none, one is absent, or their names end in neither .jsonl,
   *     .jsonl.gz, .json.gz nor .parquet, or in both kinds
   */
  public static RowFiles of(List<Path> files) throws IOException {
    if (files.isEmpty()) {
      throw new RowFileException("no file is named: give .jsonl, .jsonl.gz or .parquet files");
    }
    boolean parquet = false;
    boolean json = false;
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new RowFileException("%s: there is no such file".formatted(file));
      }
      String name = file.getFileName().toString();
      if (name.endsWith(".parquet")) {
        parquet = true;
      } else if (name.matches(".*\\.(jsonl|ndjson)(\\.gz)?")) {
        json = true;
      } else {
        throw new RowFileException(
            "%s: a file of rows ends in .jsonl, .jsonl.gz or .parquet".formatted(file));
      }
    }
    if (parquet && json) {
      throw new RowFileException("the files must be all JSONL or all Parquet, not of both kinds");
    }
    return new RowFiles(files, parquet ? ParquetFormat.of(files) : new JsonFormat());
  }

  /**
   * The columns that the rows have. Of JSONL files they are known once all rows were read by {@link
   * #each}.
   */
  public RowSchema schema() {
    return format.schema();
  }

  /**
   * Reads all rows, works on them in several threads and hands the results on in order.
   *
   * @param workers makes one worker for each thread
   */
  public <R> void each(int threads, Supplier<Function<Row, R>> workers, Sink<R> sink)
      throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    ThreadLocal<Function<Row, R>> worker = ThreadLocal.withInitial(workers);
    Deque<Future<List<R>>> open = new ArrayDeque<>();
    try {
      for (Path file : files) {
        format.read(
            file,
            batch -> {
              open.add(
                  pool.submit(
                      () -> {
                        List<Row> rows = batch.get();
                        List<R> results = new ArrayList<>(rows.size());
                        for (Row row : rows) {
                          results.add(worker.get().apply(row));
                        }
                        return results;
                      }));
              if (open.size() > 4 * threads) {
                drain(open.remove(), sink);
              }
            });
      }
      while (!open.isEmpty()) {
        drain(open.remove(), sink);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Reads all rows once more, in order.
   *
   * @param rows how many there were the first time
   * @throws RowFileException if there are not as many any more
   */
  void eachAgain(int threads, int rows, NumberedSink sink)
      throws IOException, InterruptedException {
    var number = new AtomicInteger();
    this.<Row>each(
        threads,
        Function::identity,
        row -> {
          int at = number.getAndIncrement();
          if (at >= rows) {
            throw new RowFileException("%s: the files grew meanwhile".formatted(row.place()));
          }
          sink.take(at, row);
        });
    if (number.get() != rows) {
      throw new RowFileException("the files shrank meanwhile");
    }
  }

  private static <R> void drain(Future<List<R>> batch, Sink<R> sink) throws IOException {
    try {
      for (R result : batch.get()) {
        sink.take(result);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("reading was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IOException(e.getCause());
    }
  }
}
