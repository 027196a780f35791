package org.seedwright.evaluate.benchmark;

import java.util.List;
import java.util.Optional;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * HumanEval: 164 Python functions from signature and docstring. Chen et al. 2021, arXiv 2107.03374;
 * the file that openai/human-eval has had since its first release.
 *
 * <p>HumanEval+ (EvalPlus): the same prompts with corrected solutions and some 80 times the tests.
 * Liu et al. 2023, arXiv 2305.01210; release v0.1.10.
 *
 * <p>A canonical solution continues the prompt.
 */
final class HumanEval {
  private HumanEval() {}

  static List<Benchmark> all() {
    return List.of(
        new FileBenchmark(
            "humaneval",
            "HumanEval",
            "1",
            "2107.03374",
            164,
            new DataFile(
                "benchmarks/humaneval/HumanEval.jsonl.gz",
                "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef",
                "openai/human-eval : data/HumanEval.jsonl.gz"),
            HumanEval::problem),
        new FileBenchmark(
            "humaneval-plus",
            "HumanEval+",
            "0.1.10",
            "2305.01210",
            164,
            new DataFile(
                "benchmarks/humanevalplus/HumanEvalPlus-v0.1.10.jsonl.gz",
                "272720b90ac375502c8ed23cd791c2a93dfb22a911641a494da74a426c09f101",
                "evalplus/humanevalplus_release, GitHub release v0.1.10, asset HumanEvalPlus.jsonl.gz"),
            HumanEval::problem));
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
}
