package org.seedwright.evaluate.benchmark;

import java.util.List;
import java.util.Optional;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * GSM8K, test split: 1,319 grade-school word problems with worked answers, here because data sets
 * are decontaminated against it. Cobbe et al. 2021, arXiv 2110.14168. The file has no ids: a task's
 * number is its place in the file, from 0.
 */
final class Gsm8k {
  private Gsm8k() {}

  static List<Benchmark> all() {
    return List.of(
        new FileBenchmark(
            "gsm8k",
            "GSM8K test",
            "1",
            "2110.14168",
            1319,
            new DataFile(
                "benchmarks/gsm8k/gsm8k_test.jsonl.gz",
                "bb13a52c31b1fa4805ebab294dce067e337ccd4b61c3e6461c85c92965282c62",
                "openai/grade-school-math : grade_school_math/data/test.jsonl"),
            Gsm8k::problem));
  }

  private static Problem problem(String benchmark, JsonRow row) {
    String taskId = "GSM8K/" + (row.line() - 1);
    return new Problem(
        benchmark,
        taskId,
        taskId,
        row.text("question"),
        Optional.empty(),
        Optional.of(row.text("answer")),
        Optional.empty(),
        Optional.empty());
  }
}
