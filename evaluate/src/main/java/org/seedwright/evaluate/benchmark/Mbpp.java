package org.seedwright.evaluate.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * MBPP: Python functions from a sentence and three assertions. Austin et al. 2021, arXiv
 * 2108.07732. {@code mbpp} is all 974 problems of mbpp.jsonl (the test split is task ids 11 to
 * 510); {@code mbpp-sanitized} the 427 whose descriptions the authors verified by hand.
 *
 * <p>MBPP+ (EvalPlus): 378 of the sanitized problems, with prompts of its own and more tests. Liu
 * et al. 2023, arXiv 2305.01210; release v0.2.0 (v0.1.0 had 399).
 *
 * <p>A canonical solution is a whole program. Challenge tests are left out, as in the paper's
 * scores.
 */
final class Mbpp {
  private Mbpp() {}

  static List<Benchmark> all() {
    return List.of(
        new FileBenchmark(
            "mbpp",
            "MBPP",
            "1",
            "2108.07732",
            974,
            new DataFile(
                "benchmarks/mbpp/mbpp.jsonl.gz",
                "29845b0dc86965fbbab7505194f48ab10913fb473fe1c8283672002d2cd7ee94",
                "google-research/google-research : mbpp/mbpp.jsonl"),
            Mbpp::full),
        new FileBenchmark(
            "mbpp-sanitized",
            "MBPP sanitized",
            "1",
            "2108.07732",
            427,
            new DataFile(
                "benchmarks/mbpp/sanitized-mbpp.json.gz",
                "30973110ef8b0f0bb96ec78fe55691200f491e85a78aff2397f3655a91239759",
                "google-research/google-research : mbpp/sanitized-mbpp.json"),
            Mbpp::sanitized),
        new FileBenchmark(
            "mbpp-plus",
            "MBPP+",
            "0.2.0",
            "2305.01210",
            378,
            new DataFile(
                "benchmarks/mbppplus/MbppPlus-v0.2.0.jsonl.gz",
                "af43697e8791c4c149bdfd6b489d8b5412507551ac20e28a439f650b8225db63",
                "evalplus/mbppplus_release, GitHub release v0.2.0, asset MbppPlus.jsonl.gz"),
            Mbpp::plus));
  }

  private static Problem full(String benchmark, JsonRow row) {
    List<String> tests = new ArrayList<>();
    row.optionalText("test_setup_code").filter(setup -> !setup.isBlank()).ifPresent(tests::add);
    tests.addAll(row.texts("test_list"));
    return problem(benchmark, row, row.text("text"), tests);
  }

  private static Problem sanitized(String benchmark, JsonRow row) {
    List<String> tests = new ArrayList<>(row.texts("test_imports"));
    tests.addAll(row.texts("test_list"));
    return problem(benchmark, row, row.text("prompt"), tests);
  }

  /** Task ids are numbers in these files; the prefix is the usual one. */
  private static Problem problem(String benchmark, JsonRow row, String prompt, List<String> tests) {
    int number = row.number("task_id");
    return new Problem(
        benchmark,
        "MBPP/" + number,
        Family.mbpp(number),
        prompt,
        Optional.empty(),
        Optional.of(row.text("code")),
        Optional.of(String.join("\n", tests)),
        Optional.empty());
  }

  private static Problem plus(String benchmark, JsonRow row) {
    String taskId = row.text("task_id");
    return new Problem(
        benchmark,
        taskId,
        Family.mbpp(Family.number(taskId)),
        row.text("prompt"),
        Optional.of(row.text("entry_point")),
        Optional.of(row.text("canonical_solution")),
        Optional.of(row.text("assertion")),
        Optional.empty());
  }
}
