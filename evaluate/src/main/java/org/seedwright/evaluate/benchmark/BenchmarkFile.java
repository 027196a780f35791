package org.seedwright.evaluate.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seedwright.evaluate.rows.InputFileException;
import org.seedwright.evaluate.rows.JsonRow;
import org.seedwright.evaluate.rows.JsonRows;

/**
 * Anyone's own problems in the layout of HumanEval: JSON Lines, plain or gzipped, one object a line
 * with {@code task_id} and {@code prompt} and, where there is one, {@code entry_point}, {@code
 * canonical_solution}, {@code test} and {@code release_date} (ISO day). Other keys are passed over.
 * Ids in the spelling of HumanEval or MBPP put a problem into that family.
 */
public final class BenchmarkFile {
  private BenchmarkFile() {}

  /**
   * The problems of a file, under the file's name without its ending as benchmark id.
   *
   * @throws InputFileException if the file cannot be found or a line is wrong; it names file, line
   *     and key
   */
  public static List<Problem> read(Path file) {
    String name = file.getFileName().toString();
    return read(name.replaceFirst("(?i)\\.jsonl?(\\.gz)?$", ""), file);
  }

  /** The problems of a file under a benchmark id of one's own. */
  public static List<Problem> read(String benchmark, Path file) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    JsonRows.read(
        file,
        row -> {
          Problem problem = problem(benchmark, row);
          Integer earlier = lines.putIfAbsent(problem.taskId(), row.line());
          if (earlier != null) {
            throw row.wrong(
                "task_id", "is '%s' as in line %d".formatted(problem.taskId(), earlier));
          }
          problems.add(problem);
        });
    if (problems.isEmpty()) {
      throw InputFileException.inFile(file, "holds no problem");
    }
    return List.copyOf(problems);
  }

  private static Problem problem(String benchmark, JsonRow row) {
    String taskId = notBlank(row, "task_id");
    String prompt = notBlank(row, "prompt");
    try {
      return new Problem(
          benchmark,
          taskId,
          Family.of(benchmark, taskId),
          prompt,
          row.optionalText("entry_point"),
          row.optionalText("canonical_solution"),
          row.optionalText("test"),
          row.optionalText("release_date"));
    } catch (IllegalArgumentException e) {
      throw InputFileException.inLine(row.file(), row.line(), e.getMessage());
    }
  }

  private static String notBlank(JsonRow row, String key) {
    String text = row.text(key);
    if (text.isBlank()) {
      throw row.wrong(key, "is blank");
    }
    return text;
  }
}
