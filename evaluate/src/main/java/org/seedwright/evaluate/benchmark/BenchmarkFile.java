package org.seedwright.evaluate.benchmark;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.seedwright.evaluate.rows.InputFileException;
import org.seedwright.evaluate.rows.JsonRow;
import org.seedwright.evaluate.rows.JsonRows;

/**
 * Anyone's own problems in the layout of HumanEval: JSON Lines, plain or gzipped, one object a line
 * with {@code task_id} and {@code prompt} and, where there is one, {@code entry_point}, {@code
 * canonical_solution}, {@code test} and {@code release_date} (ISO day). Other keys are passed over.
 * Ids in the spelling of HumanEval or MBPP put a problem into that family.
 *
 * <p>To be executed, a problem also needs tests, in one of three forms: {@code test}, statements
 * that run after the program, and where they define {@code check} and there is an {@code
 * entry_point}, {@code check} is called with it, as in HumanEval; {@code test_list}, statements
 * that count one by one, as in MBPP; or {@code stdin} and {@code stdout}, two strings or two arrays
 * of strings. What {@code test_setup_code} holds runs before the tests, beside the program. A
 * reference is {@code reference}, a whole program, or else {@code canonical_solution}. That and
 * completions continue the prompt, but where the program is run with {@code stdin} they are whole
 * programs, since prompts are prose there.
 */
public final class BenchmarkFile {
  private static final int VERSION_DIGITS = 12;

  private BenchmarkFile() {}

  /**
   * The problems of a file, under the file's name without its ending as benchmark id.
   *
   * @throws InputFileException if the file cannot be found or a line is wrong; it names file, line
   *     and key
   */
  public static List<Problem> read(Path file) {
    return read(name(file), file);
  }

  /** The problems of a file under a benchmark id of one's own. */
  public static List<Problem> read(String benchmark, Path file) {
    List<Problem> problems = new ArrayList<>();
    read(file, benchmark, (problem, row) -> problems.add(problem));
    return List.copyOf(problems);
  }

  private static byte[] read(Path file, String benchmark, BiConsumer<Problem, JsonRow> problems) {
    Map<String, Integer> lines = new HashMap<>();
    byte[] content = JsonRows.bytes(file);
    JsonRows.read(
        file,
        new ByteArrayInputStream(content),
        row -> {
          Problem problem = problem(benchmark, row);
          Integer earlier = lines.putIfAbsent(problem.taskId(), row.line());
          if (earlier != null) {
            throw row.wrong(
                "task_id", "is '%s' as in line %d".formatted(problem.taskId(), earlier));
          }
          problems.accept(problem, row);
        });
    if (lines.isEmpty()) {
      throw InputFileException.inFile(file, "holds no problem");
    }
    return content;
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("(?i)\\.jsonl?(\\.gz)?$", "");
  }

  /**
   * The problems of a file with their tests, under the file's name without its ending as benchmark
   * id and the first 12 hex digits of the file's SHA-256 as version.
   *
   * @throws InputFileException also if a problem has no tests
   */
  public static TaskSet taskSet(Path file) {
    String benchmark = name(file);
    List<Task> tasks = new ArrayList<>();
    byte[] content = read(file, benchmark, (problem, row) -> tasks.add(OwnTask.of(problem, row)));
    return new TaskSet(
        benchmark, DataFile.digest("SHA-256", content).substring(0, VERSION_DIGITS), tasks);
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
