package org.seedwright.evaluate.benchmark;

import java.util.List;
import java.util.Optional;
import org.seedwright.evaluate.execution.Calls;
import org.seedwright.evaluate.execution.Content;
import org.seedwright.evaluate.execution.InputForm;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.execution.Oracle;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * What HumanEval+ and MBPP+ share: EvalPlus's layout. Base inputs are those of the original
 * benchmark, plus inputs EvalPlus's own; the values expected for them, and the time that they may
 * take, are those of prompt and canonical solution run in the judge. Completions and canonical
 * solutions continue the prompt.
 */
final class EvalPlus {
  /** Liu et al. 2023. */
  static final String PAPER = "2305.01210";

  private EvalPlus() {}

  /**
   * A file of one of EvalPlus's releases.
   *
   * @param name of the data set, in lower case
   * @param asset of the release, without extension
   */
  static DataFile file(
      String name, String asset, String version, String sha256, String contentSha256) {
    return new DataFile(
        "benchmarks/%s/%s-v%s.jsonl.gz".formatted(name, asset, version),
        sha256,
        "evalplus/%s_release, GitHub release v%s, asset %s.jsonl.gz"
            .formatted(name, version, asset),
        "https://github.com/evalplus/%s_release/releases/download/v%s/%s.jsonl.gz"
            .formatted(name, version, asset),
        contentSha256);
  }

  static Problem problem(String benchmark, JsonRow row, String family) {
    return new Problem(
        benchmark,
        row.text("task_id"),
        family,
        row.text("prompt"),
        Optional.of(row.text("entry_point")),
        Optional.of(row.text("canonical_solution")),
        row.optionalText("test").or(() -> row.optionalText("assertion")),
        Optional.empty());
  }

  static Task task(Problem problem, JsonRow row, Oracle oracle, InputForm inputForm) {
    String reference = problem.prompt() + row.text("canonical_solution");
    return new Task(
        problem,
        problem.prompt(),
        Optional.of(reference),
        new Calls(
            row.text("entry_point"),
            reference,
            List.of(
                new Calls.Group("base", Content.of(row.arrayText("base_input"))),
                new Calls.Group("plus", Content.of(row.arrayText("plus_input")))),
            row.decimal("atol"),
            oracle,
            inputForm),
        Limits.evalPlus());
  }
}
