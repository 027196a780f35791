package org.seedwright.evaluate.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.execution.StdinStdout;
import org.seedwright.evaluate.execution.Tests;
import org.seedwright.evaluate.rows.InputFileException;
import org.seedwright.evaluate.rows.JsonRow;

/** A row of anyone's own file as a task: see {@link BenchmarkFile}. */
final class OwnTask {
  private static final Pattern CHECK = Pattern.compile("(?m)^def check\\s*\\(");

  private OwnTask() {}

  static Task of(Problem problem, JsonRow row) {
    Tests tests = tests(problem, row);
    String prefix = tests instanceof StdinStdout ? "" : problem.prompt();
    Optional<String> reference =
        row.optionalText("reference")
            .or(() -> problem.canonicalSolution().map(solution -> prefix + solution));
    return new Task(problem, prefix, reference, tests, Limits.humanEval());
  }

  private static Tests tests(Problem problem, JsonRow row) {
    long forms = List.of("test", "test_list", "stdin").stream().filter(key -> row.has(key)).count();
    if (forms != 1) {
      throw InputFileException.inLine(
          row.file(),
          row.line(),
          "task %s must have tests under one of the keys 'test', 'test_list' and 'stdin', but has %d of them"
              .formatted(problem.taskId(), forms));
    }
    if (row.has("stdin")) {
      return stdinStdout(row);
    }
    String setup = row.optionalText("test_setup_code").orElse("");
    if (row.has("test_list")) {
      return new Asserts(setup, statements(row), problem.entryPoint());
    }
    String test = row.text("test");
    String call =
        problem
            .entryPoint()
            .filter(entryPoint -> CHECK.matcher(test).find())
            .map("\n\ncheck(%s)\n"::formatted)
            .orElse("");
    return new Asserts(setup, List.of(test + call), problem.entryPoint());
  }

  private static List<String> statements(JsonRow row) {
    List<String> statements = row.texts("test_list");
    if (statements.isEmpty()) {
      throw row.wrong("test_list", "is empty");
    }
    return statements;
  }

  private static StdinStdout stdinStdout(JsonRow row) {
    List<String> stdin = row.textOrTexts("stdin");
    List<String> stdout = row.textOrTexts("stdout");
    if (stdin.isEmpty() || stdin.size() != stdout.size()) {
      throw row.wrong(
          "stdout",
          "must hold one output for each of the %d inputs of 'stdin', but holds %d"
              .formatted(stdin.size(), stdout.size()));
    }
    List<StdinStdout.Run> runs = new ArrayList<>();
    for (int i = 0; i < stdin.size(); i++) {
      runs.add(new StdinStdout.Run(stdin.get(i), stdout.get(i)));
    }
    return new StdinStdout(runs);
  }
}
