package org.seedwright.evaluate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.seedwright.evaluate.PublishedData;
import org.seedwright.evaluate.benchmark.ProblemText.Part;

/** Reads the real files where SEEDWRIGHT_DATA names the folder that holds them. */
class PublishedBenchmarksTest {
  @TestFactory
  Stream<DynamicTest> everyBenchmarkHasTheProblemsItSays() {
    return Benchmarks.all().stream()
        .map(
            benchmark ->
                DynamicTest.dynamicTest(
                    benchmark.id(),
                    () -> {
                      List<Problem> problems = benchmark.problems(data());
                      assertThat(problems).hasSize(benchmark.size());
                      assertThat(problems)
                          .allSatisfy(
                              problem -> {
                                assertThat(problem.benchmark()).isEqualTo(benchmark.id());
                                assertThat(ProblemTexts.of(problem)).isNotEmpty();
                              });
                    }));
  }

  @Test
  void sizesAreThePublishedOnes() {
    assertThat(
            Stream.of("humaneval", "mbpp", "mbpp-sanitized", "mbpp-plus", "ds-1000", "gsm8k")
                .map(id -> Benchmarks.named(id).problems(data()).size()))
        .containsExactly(164, 974, 427, 378, 1000, 1319);
  }

  @Test
  void theFirstHumanEvalProblemIsReadWhole() {
    Problem problem = problems("humaneval").get("HumanEval/0");
    assertThat(problem.family()).isEqualTo("HumanEval/0");
    assertThat(problem.entryPoint()).contains("has_close_elements");
    assertThat(problem.prompt()).startsWith("from typing import List\n\n\ndef has_close_elements(");
    assertThat(problem.canonicalSolution().orElseThrow()).startsWith("    for idx, elem in");
    assertThat(problem.tests().orElseThrow()).contains("def check(candidate):");
    assertThat(ProblemTexts.of(problem))
        .extracting(ProblemText::part)
        .containsExactly(Part.PROMPT, Part.DESCRIPTION, Part.SOLUTION);
  }

  @Test
  void everyHumanEvalPromptHasADescription() {
    for (String id : List.of("humaneval", "humaneval-plus", "humanevalpack-java")) {
      assertThat(problems(id).values())
          .allSatisfy(
              problem -> assertThat(ProblemTexts.description(problem.prompt())).isNotEmpty());
    }
  }

  /** Families rest on this: a translation's number must be the number of what it translates. */
  @Test
  void formsOfMbppAreNumberedAsMbppIs() {
    Map<String, String> descriptions = new HashMap<>();
    problems("mbpp").values().forEach(p -> descriptions.put(p.family(), letters(p.prompt())));
    for (Benchmark benchmark : Benchmarks.all()) {
      if (benchmark.id().startsWith("mbxp-")) {
        long others =
            benchmark.problems(data()).stream()
                .filter(p -> !letters(p.prompt()).contains(descriptions.get(p.family())))
                .count();
        assertThat(others).as("reworded in %s", benchmark.id()).isLessThan(10);
      }
    }
  }

  @Test
  void mbppPlusDescriptionsAreThoseOfSanitizedMbpp() {
    Map<String, String> sanitized = new HashMap<>();
    problems("mbpp-sanitized").values().forEach(p -> sanitized.put(p.family(), p.prompt()));
    assertThat(
            problems("mbpp-plus").values().stream()
                .filter(
                    p ->
                        letters(ProblemTexts.description(p.prompt()).orElse(""))
                            .equals(letters(sanitized.getOrDefault(p.family(), "none"))))
                .count())
        .isGreaterThan(300);
  }

  /** Translations name another language, and line breaks and comment marks differ. */
  private static String letters(String text) {
    return text.replaceAll(
            "(?i)(python|java|javascript|typescript|cpp|c\\+\\+|golang|php|ruby) (?=function)", "")
        .replaceAll("[^A-Za-z0-9]", "");
  }

  private static Map<String, Problem> problems(String id) {
    Map<String, Problem> problems = new HashMap<>();
    Benchmarks.named(id).problems(data()).forEach(p -> problems.put(p.taskId(), p));
    return problems;
  }

  private static Path data() {
    return PublishedData.folder();
  }
}
