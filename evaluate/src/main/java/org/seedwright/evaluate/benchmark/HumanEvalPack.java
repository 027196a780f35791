package org.seedwright.evaluate.benchmark;

import java.util.List;
import java.util.Optional;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * HumanEvalPack: HumanEval in six languages, each problem also with a planted bug (fix, explain,
 * synthesize). Muennighoff et al. 2023 (OctoPack), arXiv 2308.07124. A canonical solution continues
 * the prompt.
 */
final class HumanEvalPack {
  private HumanEvalPack() {}

  static List<Benchmark> all() {
    return List.of(
        language(
            "cpp",
            164,
            "humanevalpack-cpp.jsonl.gz",
            "44391ac861924578ec2addce42bc94dc3fe645b60255e11d8979fcd8e6b8fecd"),
        language(
            "go",
            164,
            "humanevalpack-go.jsonl.gz",
            "e0100125204ec0b2e2508e872dac7f10bc4cc6c9deb488c1f7fad431f7ad0145"),
        language(
            "java",
            164,
            "humanevalpack-java.jsonl.gz",
            "879f9102dec225f20c043faff24ad35f4f302a5def36f8762fc1345099bd22d7"),
        language(
            "js",
            164,
            "humanevalpack-js.jsonl.gz",
            "c91a4765ece725a1cb3f427f8e2abc2c47c7010d8739fbb2cfa911222f02b2d3"),
        language(
            "python",
            164,
            "humanevalpack-python.jsonl.gz",
            "b1e9f62a8cdc2032d7a81bcc12f99244d13a9ad8f7e34d1c90d6a9af2db74762"),
        language(
            "rust",
            164,
            "humanevalpack-rust.jsonl.gz",
            "97394c9fbfd8fef1ef0b43e6771cb0ed1ac84e791364d927d189d63cc6d4632e"));
  }

  private static Benchmark language(String language, int size, String file, String sha256) {
    return new FileBenchmark(
        "humanevalpack-" + language,
        "HumanEvalPack " + language,
        "1",
        "2308.07124",
        size,
        new DataFile(
            "benchmarks/humanevalpack/" + file,
            sha256,
            "bigcode-project/octopack : evaluation/create/humaneval-x/data/%s/data/humanevalpack.jsonl"
                .formatted(language)),
        HumanEvalPack::problem);
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
