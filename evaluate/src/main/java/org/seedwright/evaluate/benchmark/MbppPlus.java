package org.seedwright.evaluate.benchmark;

import java.util.List;
import org.seedwright.evaluate.execution.InputForm;
import org.seedwright.evaluate.execution.Oracle;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * MBPP+ (EvalPlus): sanitized MBPP problems with prompts of its own and more tests. Liu et al.
 * 2023, arXiv 2305.01210. Release v0.2.0 has 378 problems, whole and without extreme inputs; v0.1.0
 * had 399.
 */
final class MbppPlus {
  private MbppPlus() {}

  static List<Benchmark> all() {
    return List.of(
        benchmark(
            "mbpp-plus",
            "MBPP+",
            "0.2.0",
            378,
            "MbppPlus",
            "af43697e8791c4c149bdfd6b489d8b5412507551ac20e28a439f650b8225db63",
            "b54e762755248ca411b523c917fa9f93c07b5ff2966bf60b3917b853926a3dad"),
        benchmark(
            "mbpp-plus-no-extreme",
            "MBPP+ no-extreme",
            "0.2.0",
            378,
            "MbppPlus-NoExtreme",
            "72d32acaea73d5606cb97041b30d45bbda9435a675369d3e31965513ee94e564",
            "2682a29850fb17185106b2f40e72d1ebe7091b7393c576cff71b60e83c42ed33"),
        benchmark(
            "mbpp-plus@0.1.0",
            "MBPP+",
            "0.1.0",
            399,
            "MbppPlus",
            "57d639e77667d88930052b2b07212011c25c0bab94dfc1f19d15e1f7f558bfa9",
            "a855b9de667baea8e2f8aa61f898767a7336872208a85222b35622545e819fe9"));
  }

  private static Benchmark benchmark(
      String id,
      String title,
      String version,
      int size,
      String asset,
      String sha256,
      String contentSha256) {
    return new ExecutableFile(
        new FileBenchmark(
            id,
            title,
            version,
            EvalPlus.PAPER,
            size,
            EvalPlus.file("mbppplus", asset, version, sha256, contentSha256),
            MbppPlus::problem),
        MbppPlus::task);
  }

  private static Problem problem(String benchmark, JsonRow row) {
    return EvalPlus.problem(benchmark, row, Family.mbpp(Family.number(row.text("task_id"))));
  }

  private static Task task(Problem problem, JsonRow row) {
    return EvalPlus.task(
        problem,
        row,
        Oracle.ofMbppPlus(row.text("entry_point")),
        InputForm.ofMbppPlus(Family.number(problem.taskId())));
  }
}
