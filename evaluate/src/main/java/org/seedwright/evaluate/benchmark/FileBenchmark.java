package org.seedwright.evaluate.benchmark;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.seedwright.evaluate.rows.InputFileException;
import org.seedwright.evaluate.rows.JsonRow;
import org.seedwright.evaluate.rows.JsonRows;

/**
 * A benchmark that is one pinned file and one way to read a row of it.
 *
 * @param reading benchmark id and row to problem
 */
record FileBenchmark(
    String id,
    String title,
    String version,
    String paper,
    int size,
    DataFile file,
    BiFunction<String, JsonRow, Problem> reading)
    implements Benchmark {
  FileBenchmark {
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "benchmark id must be lower-case words joined by '-', but was '%s'".formatted(id));
    }
  }

  @Override
  public List<Problem> problems(Path dataFolder) {
    byte[] content = file.read(id, dataFolder);
    Map<String, Problem> problems = new LinkedHashMap<>();
    JsonRows.read(
        file.in(dataFolder),
        new ByteArrayInputStream(content),
        row -> {
          Problem problem = reading.apply(id, row);
          if (problems.put(problem.taskId(), problem) != null) {
            throw InputFileException.inLine(
                row.file(), row.line(), "task %s occurs twice".formatted(problem.taskId()));
          }
        });
    if (problems.size() != size) {
      throw InputFileException.inFile(
          file.in(dataFolder),
          "holds %d problems, but benchmark %s has %d".formatted(problems.size(), id, size));
    }
    return List.copyOf(new ArrayList<>(problems.values()));
  }
}
