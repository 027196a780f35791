package org.seedwright.evaluate.benchmark;

import java.util.List;
import org.seedwright.evaluate.execution.InputForm;
import org.seedwright.evaluate.execution.Oracle;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * HumanEval+ (EvalPlus): HumanEval's problems with corrected solutions and some 80 times the tests.
 * Liu et al. 2023, arXiv 2305.01210. Releases v0.1.10, whole, reduced ({@code mini}) and without
 * inputs that take long or are extreme ({@code no-extreme}), and v0.1.9, by which most published
 * scores of 2024 were made.
 */
final class HumanEvalPlus {
  private HumanEvalPlus() {}

  static List<Benchmark> all() {
    return List.of(
        benchmark(
            "humaneval-plus",
            "HumanEval+",
            "0.1.10",
            "HumanEvalPlus",
            "272720b90ac375502c8ed23cd791c2a93dfb22a911641a494da74a426c09f101",
            "42526ec0e7d5f3ee0b06d6ced98f8c8bae3d76519151bfb3d36f79010645bd7f"),
        benchmark(
            "humaneval-plus-mini",
            "HumanEval+ mini",
            "0.1.10",
            "HumanEvalPlus-Mini",
            "91486741f1627101021fbe50523df08eebb5b0bf5e804b633dcd5ca3c14dbd2f",
            "78fbba8865b20c5a979cda6e02fd72538e1762e65980af7d1a6e93c3e87e93af"),
        benchmark(
            "humaneval-plus-no-extreme",
            "HumanEval+ no-extreme",
            "0.1.10",
            "HumanEvalPlus-NoExtreme",
            "298f79977b2663b8b8ab6b5fa50b17d6f23a92603d24f39e26203fe58c37eeda",
            "3c5aa88735e442f327030f7097f9443ee173419e0db2a75b1c12730415398e88"),
        benchmark(
            "humaneval-plus@0.1.9",
            "HumanEval+",
            "0.1.9",
            "HumanEvalPlus",
            "e62f4130146963d969da64553f407a66e52d095adbfed4ee6733b4d59e14a3ed",
            "50d50fda1ecf4c9168d762456ae29c1d8b8b922e68c66964f7891c98d93a04b7"));
  }

  private static Benchmark benchmark(
      String id, String title, String version, String asset, String sha256, String contentSha256) {
    return new ExecutableFile(
        new FileBenchmark(
            id,
            title,
            version,
            EvalPlus.PAPER,
            164,
            EvalPlus.file("humanevalplus", asset, version, sha256, contentSha256),
            HumanEvalPlus::problem),
        HumanEvalPlus::task);
  }

  private static Problem problem(String benchmark, JsonRow row) {
    return EvalPlus.problem(benchmark, row, Family.humanEval(Family.number(row.text("task_id"))));
  }

  private static Task task(Problem problem, JsonRow row) {
    return EvalPlus.task(
        problem, row, Oracle.ofHumanEvalPlus(row.text("entry_point")), InputForm.PLAIN);
  }
}
