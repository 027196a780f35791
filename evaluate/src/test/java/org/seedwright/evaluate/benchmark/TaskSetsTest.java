package org.seedwright.evaluate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.seedwright.evaluate.PublishedData;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.Calls;
import org.seedwright.evaluate.execution.InputForm;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.execution.Oracle;

/** Reads the real files where SEEDWRIGHT_DATA names the folder that holds them. */
class TaskSetsTest {
  @TestFactory
  Stream<DynamicTest> everyTaskHasAReferenceAndAKeyOfItsOwn() {
    return Benchmarks.executable().stream()
        .map(
            benchmark ->
                DynamicTest.dynamicTest(
                    benchmark.id(),
                    () -> {
                      TaskSet set = PublishedData.tasks(benchmark.id());
                      assertThat(set.byId()).hasSize(benchmark.size());
                      assertThat(set.withoutReference()).isEmpty();
                      assertThat(set.version()).isEqualTo(benchmark.version());
                      assertThat(set.tasks())
                          .extracting(Task::problem)
                          .isEqualTo(benchmark.problems(PublishedData.folder()));
                      assertThat(
                              set.tasks().stream()
                                  .map(task -> task.referenceExecution().orElseThrow().key()))
                          .doesNotHaveDuplicates();
                    }));
  }

  @Test
  void humanEvalChecksAnEntryPointWithThePromptAsContext() {
    Task task = task("humaneval", "HumanEval/32");
    Asserts asserts = (Asserts) task.tests();
    assertThat(asserts.entryPoint()).contains("find_zero");
    assertThat(asserts.context()).isEqualTo(task.problem().prompt()).contains("def poly(");
    assertThat(asserts.tests()).singleElement().asString().endsWith("\n\ncheck(find_zero)\n");
    assertThat(task.programOf("    pass\n")).isEqualTo(task.problem().prompt() + "    pass\n");
    assertThat(task.limits()).isEqualTo(Limits.humanEval());
  }

  @Test
  void evalPlusComparesWithWhatPromptAndCanonicalSolutionReturn() {
    Calls calls = (Calls) task("humaneval-plus", "HumanEval/32").tests();
    assertThat(calls.groups()).extracting(Calls.Group::name).containsExactly("base", "plus");
    assertThat(calls.oracle()).isEqualTo(Oracle.POLYNOMIAL_ROOT);
    assertThat(calls.tolerance()).isEqualTo(1e-4);
    assertThat(calls.reference()).startsWith("import math\n").contains("def find_zero(");
    assertThat(calls.groups().get(0).inputs().text()).startsWith("[[[");
  }

  @Test
  void inputsKeepLargeWholeNumbersInfinityAndNoInputsAtAll() {
    assertThat(inputs("humaneval-plus"))
        .anyMatch(text -> text.matches("(?s).*[^0-9.][0-9]{90,99}[^0-9.].*"))
        .noneMatch(text -> text.contains("\"Infinity\""));
    assertThat(inputs("mbpp-plus"))
        .anyMatch(text -> text.contains("Infinity"))
        .noneMatch(text -> text.contains("\"Infinity\""));
    Calls empty = (Calls) task("mbpp-plus", "Mbpp/793").tests();
    assertThat(empty.groups().get(1).inputs().text()).isEqualTo("[]");
  }

  @Test
  void mbppPlusNeedsEvalPlussConversions() {
    Map<InputForm, Long> forms =
        PublishedData.tasks("mbpp-plus@0.1.0").tasks().stream()
            .map(task -> ((Calls) task.tests()).inputForm())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(forms.keySet())
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(InputForm.values()));
    assertThat(((Calls) task("mbpp-plus", "Mbpp/252").tests()).inputForm())
        .isEqualTo(InputForm.COMPLEX);
    assertThat(((Calls) task("mbpp-plus", "Mbpp/579").tests()).oracle()).isEqualTo(Oracle.AS_SETS);
  }

  @Test
  void mbppRunsItsAssertionsAfterItsSetUp() {
    Task task = task("mbpp-sanitized", "MBPP/82");
    assertThat(task.tests())
        .isInstanceOfSatisfying(
            Asserts.class,
            asserts -> {
              assertThat(asserts.context()).isEqualTo("import math");
              assertThat(asserts.tests()).hasSize(3).allMatch(test -> test.startsWith("assert "));
              assertThat(asserts.entryPoint()).contains("volume_sphere");
            });
    assertThat(task.completionPrefix()).isEmpty();
  }

  @Test
  void everyProblemOfMbppHasOneFunctionThatItsTestsCall() {
    assertThat(PublishedData.tasks("mbpp").tasks())
        .allSatisfy(task -> assertThat(((Asserts) task.tests()).entryPoint()).isPresent());
    assertThat(((Asserts) task("mbpp", "MBPP/126").tests()).entryPoint()).contains("sum");
  }

  @Test
  void theTestSplitOfMbppIsTasks11To510() {
    List<Problem> problems = Benchmarks.named("mbpp-test").problems(PublishedData.folder());
    assertThat(List.of(problems.get(0), problems.get(499)))
        .extracting(Problem::taskId, Problem::benchmark)
        .containsExactly(tuple("MBPP/11", "mbpp-test"), tuple("MBPP/510", "mbpp-test"));
  }

  /** The hashes that stand in the published result files. */
  @Test
  void evalPlusNamesADataSetByTheDigestOfItsContent() {
    assertThat(hash("humaneval-plus@0.1.9")).isEqualTo("84f4b93a1270b492e4c54d5212da7a5b");
    assertThat(hash("mbpp-plus@0.1.0")).isEqualTo("ebe95df0d5220f00cedd6f4bddea35e4");
  }

  private static String hash(String id) {
    return Benchmarks.named(id).file().evalPlusHash(id, PublishedData.folder());
  }

  private static List<String> inputs(String id) {
    return PublishedData.tasks(id).tasks().stream()
        .flatMap(task -> ((Calls) task.tests()).groups().stream())
        .map(group -> group.inputs().text())
        .toList();
  }

  private static Task task(String benchmark, String id) {
    return PublishedData.tasks(benchmark).task(id).orElseThrow();
  }
}
