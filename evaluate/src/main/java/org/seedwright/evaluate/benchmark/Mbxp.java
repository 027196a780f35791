package org.seedwright.evaluate.benchmark;

import java.util.List;
import java.util.Optional;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * MBXP: MBPP translated, numbered as MBPP is. Athiwaratkun et al. 2022, arXiv 2210.14868. A
 * canonical solution continues the prompt; Go has none, other languages lack some.
 */
final class Mbxp {
  private Mbxp() {}

  static List<Benchmark> all() {
    return List.of(
        language(
            "python",
            "1",
            974,
            "mbpp_release_v1",
            "c865d84a7fdee138f3851ae06d98b8f76e9a7b6a17a031430d0dbfd8307ae86c"),
        language(
            "java",
            "1.2",
            966,
            "mbjp_release_v1.2",
            "4e9fe25230faa45a0c76f94da0597eecc6063a0e018b76210bfe0b8a07d7f31a"),
        language(
            "javascript",
            "1.2",
            966,
            "mbjsp_release_v1.2",
            "b9e2fd417216f7d17f9280683599b067335b0273dc7077369cd6421773e8c28f"),
        language(
            "typescript",
            "1.2",
            968,
            "mbtsp_release_v1.2",
            "0fb2cb3248f166dbf44e0686a055aee51ffa0be5bd50d5587df08af4fe5b6d23"),
        language(
            "cpp",
            "1.2",
            848,
            "mbcpp_release_v1.2",
            "6331377c36e8b18d7097a2135a371f379caeeaa373bbf336f09a10ee59a1e642"),
        language(
            "go",
            "1.1",
            939,
            "mbgp_release_v1.1",
            "8625e9e46c79616b15411bb0192623a262655669b6b8298a6c172aea61afa7a2"),
        language(
            "php",
            "1.2",
            966,
            "mbphp_release_v1.2",
            "48dc890918f1130d4e061d599c5c885466ee6a0ec75517f7bac3d37936f74479"),
        language(
            "ruby",
            "1.2",
            966,
            "mbrbp_release_v1.2",
            "783210e1e4b96330bf99b59f935d6a50e344f46422675c5f32518ee257c4f6af"));
  }

  private static Benchmark language(
      String language, String version, int size, String file, String sha256) {
    return new FileBenchmark(
        "mbxp-" + language,
        "MBXP " + language,
        version,
        "2210.14868",
        size,
        new DataFile(
            "benchmarks/mbxp/%s.jsonl.gz".formatted(file),
            sha256,
            "amazon-science/mxeval : data/mbxp/%s.jsonl".formatted(file)),
        Mbxp::problem);
  }

  private static Problem problem(String benchmark, JsonRow row) {
    String taskId = row.text("task_id");
    return new Problem(
        benchmark,
        taskId,
        Family.mbpp(Family.number(taskId)),
        row.text("prompt"),
        Optional.of(row.text("entry_point")),
        row.optionalText("canonical_solution"),
        Optional.of(row.text("test")),
        Optional.empty());
  }
}
