package org.seedwright.evaluate.benchmark;

import java.util.List;
import java.util.Optional;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * HumanEval: 164 Python functions from signature and docstring. Chen et al. 2021, arXiv 2107.03374;
 * the file that openai/human-eval has had since its first release.
 *
 * <p>Completions and canonical solutions continue the prompt. A program passes if {@code check} of
 * its function raises nothing within human-eval's limit.
 */
final class HumanEval {
  private HumanEval() {}

  static List<Benchmark> all() {
    return List.of(
        new ExecutableFile(
            new FileBenchmark(
                "humaneval",
                "HumanEval",
                "1",
                "2107.03374",
                164,
                new DataFile(
                    "benchmarks/humaneval/HumanEval.jsonl.gz",
                    "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef",
                    "openai/human-eval : data/HumanEval.jsonl.gz",
                    "https://github.com/openai/human-eval/raw/master/data/HumanEval.jsonl.gz",
                    "1d49078ba3e2b196b9344535bef34a43021f038fad9561d6ee7c53450609a6a2"),
                HumanEval::problem),
            HumanEval::task));
  }

  private static Problem problem(String benchmark, JsonRow row) {
    String taskId = row.text("task_id");
    return new Problem(
        benchmark,
        taskId,
        Family.humanEval(Family.number(taskId)),
        row.text("prompt"),
        Optional.of(row.text("entry_point")),
        Optional.of(row.text("canonical_solution")),
        Optional.of(row.text("test")),
        Optional.empty());
  }

  private static Task task(Problem problem, JsonRow row) {
    return new Task(
        problem,
        problem.prompt(),
        Optional.of(problem.prompt() + row.text("canonical_solution")),
        Asserts.humanEval(problem.prompt(), row.text("test"), row.text("entry_point")),
        Limits.humanEval());
  }
}
