package org.seedwright.evaluate.benchmark;

import java.util.List;
import java.util.Optional;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * DS-1000: 1,000 problems on seven Python data science libraries. Lai et al. 2022, arXiv
 * 2211.11501; the simplified format of 2024. A family is an original problem with its
 * perturbations. Its authors ask that the problems be neither put on line uncompressed nor used for
 * training.
 */
final class Ds1000 {
  private Ds1000() {}

  static List<Benchmark> all() {
    return List.of(
        new FileBenchmark(
            "ds-1000",
            "DS-1000",
            "2024",
            "2211.11501",
            1000,
            new DataFile(
                "benchmarks/ds1000/ds1000.jsonl.gz",
                "ac84fa7a39922708efa1372cc735e17612b99c52988a686eefb7b54577c0fafb",
                "xlang-ai/DS-1000 : data/ds1000.jsonl.gz"),
            Ds1000::problem));
  }

  private static Problem problem(String benchmark, JsonRow row) {
    JsonRow metadata = row.within("metadata");
    return new Problem(
        benchmark,
        "DS-1000/" + metadata.number("problem_id"),
        "DS-1000/%s/%d"
            .formatted(metadata.text("library"), metadata.number("perturbation_origin_id")),
        row.text("prompt"),
        Optional.empty(),
        Optional.of(row.text("reference_code")),
        Optional.of(row.text("code_context")),
        Optional.empty());
  }
}
