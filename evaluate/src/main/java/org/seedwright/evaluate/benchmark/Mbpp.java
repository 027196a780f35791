package org.seedwright.evaluate.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * MBPP: Python functions from a sentence and three assertions. Austin et al. 2021, arXiv
 * 2108.07732. {@code mbpp} is all 974 problems of mbpp.jsonl; {@code mbpp-test} the 500 of its test
 * split, task ids 11 to 510; {@code mbpp-sanitized} the 427 whose descriptions the authors verified
 * by hand.
 *
 * <p>Canonical solutions and completions are whole programs. A program passes if every assertion of
 * the list holds. Challenge tests are left out, as in the paper's scores. The paper states no time
 * limit; here it is ten seconds.
 */
final class Mbpp {
  private static final String PAPER = "2108.07732";

  private static final Pattern DEFINITION = Pattern.compile("(?m)^def\\s+(\\w+)\\s*\\(");

  /** Ten seconds; the reference of task 123 alone takes some four. */
  private static final Limits LIMITS =
      new Limits(
          10_000, 10_000, 0, Limits.humanEval().memoryBytes(), Limits.humanEval().outputBytes());

  private static final DataFile FULL =
      new DataFile(
          "benchmarks/mbpp/mbpp.jsonl.gz",
          "29845b0dc86965fbbab7505194f48ab10913fb473fe1c8283672002d2cd7ee94",
          "google-research/google-research : mbpp/mbpp.jsonl",
          "https://github.com/google-research/google-research/raw/master/mbpp/mbpp.jsonl",
          "ccf64ceae9c5403bf50a044cb6d505bfd2a2963ee58338ba268fd65beab92a9f");

  private static final DataFile SANITIZED =
      new DataFile(
          "benchmarks/mbpp/sanitized-mbpp.json.gz",
          "30973110ef8b0f0bb96ec78fe55691200f491e85a78aff2397f3655a91239759",
          "google-research/google-research : mbpp/sanitized-mbpp.json",
          "https://github.com/google-research/google-research/raw/master/mbpp/sanitized-mbpp.json",
          "ca95deaa9a01ef0a6f439f88bcf0dd3db3563d22f22aad6cae04ebb9a8d8c8e9");

  private Mbpp() {}

  static List<Benchmark> all() {
    return List.of(
        full("mbpp", "MBPP", 974, row -> true),
        full("mbpp-test", "MBPP test split", 500, Mbpp::isOfTheTestSplit),
        new ExecutableFile(
            new FileBenchmark(
                "mbpp-sanitized", "MBPP sanitized", "1", PAPER, 427, SANITIZED, Mbpp::sanitized),
            (problem, row) -> task(problem, row, String.join("\n", row.texts("test_imports")))));
  }

  private static Benchmark full(String id, String title, int size, Predicate<JsonRow> selected) {
    return new ExecutableFile(
        new FileBenchmark(id, title, "1", PAPER, size, FULL, selected, Mbpp::full),
        (problem, row) -> task(problem, row, row.optionalText("test_setup_code").orElse("")));
  }

  private static boolean isOfTheTestSplit(JsonRow row) {
    int number = row.number("task_id");
    return number >= 11 && number <= 510;
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

  private static Task task(Problem problem, JsonRow row, String setup) {
    return new Task(
        problem,
        "",
        problem.canonicalSolution(),
        new Asserts(setup, row.texts("test_list"), entryPoint(row)),
        LIMITS);
  }

  /**
   * The one function that the reference defines and every assertion calls. Its name must be known
   * before the tests run, since that of task 126 is also a built-in's.
   */
  private static Optional<String> entryPoint(JsonRow row) {
    List<String> tests = row.texts("test_list");
    return DEFINITION
        .matcher(row.text("code"))
        .results()
        .map(match -> match.group(1))
        .filter(name -> tests.stream().allMatch(test -> calls(test, name)))
        .reduce((one, other) -> other);
  }

  private static boolean calls(String test, String name) {
    return Pattern.compile("\\b%s\\s*\\(".formatted(name)).matcher(test).find();
  }
}
