package org.seedwright.evaluate.benchmark;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.seedwright.evaluate.rows.InputFileException;
import org.seedwright.evaluate.rows.JsonRow;
import org.seedwright.evaluate.rows.JsonRows;

/**
 * A benchmark that is one pinned file, or some rows of it, and one way to read a row.
 *
 * @param selected which rows are this benchmark's
 * @param reading benchmark id and row to problem
 */
record FileBenchmark(
    String id,
    String title,
    String version,
    String paper,
    int size,
    DataFile file,
    Predicate<JsonRow> selected,
    BiFunction<String, JsonRow, Problem> reading)
    implements Benchmark {
  FileBenchmark {
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*(@[0-9]+(\\.[0-9]+)*)?")) {
      throw new IllegalArgumentException(
          "benchmark id must be lower-case words joined by '-', but was '%s'".formatted(id));
    }
  }

  /** All rows of the file. */
  FileBenchmark(
      String id,
      String title,
      String version,
      String paper,
      int size,
      DataFile file,
      BiFunction<String, JsonRow, Problem> reading) {
    this(id, title, version, paper, size, file, row -> true, reading);
  }

  @Override
  public List<Problem> problems(Path dataFolder) {
    List<Problem> problems = new ArrayList<>();
    read(dataFolder, (problem, row) -> problems.add(problem));
    return List.copyOf(problems);
  }

  /** Hands over each problem with its row, in the order of the file; checks ids and their count. */
  void read(Path dataFolder, BiConsumer<Problem, JsonRow> problems) {
    byte[] content = file.read(id, dataFolder);
    Set<String> taskIds = new HashSet<>();
    JsonRows.read(
        file.in(dataFolder),
        new ByteArrayInputStream(content),
        row -> {
          if (selected.test(row)) {
            Problem problem = reading.apply(id, row);
            if (!taskIds.add(problem.taskId())) {
              throw InputFileException.inLine(
                  row.file(), row.line(), "task %s occurs twice".formatted(problem.taskId()));
            }
            problems.accept(problem, row);
          }
        });
    if (taskIds.size() != size) {
      throw InputFileException.inFile(
          file.in(dataFolder),
          "holds %d problems, but benchmark %s has %d".formatted(taskIds.size(), id, size));
    }
  }
}
