package org.seedwright.evaluate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.PublishedData;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.StdinStdout;

class OwnTasksTest {
  @TempDir private Path folder;

  @Test
  void testsOfHumanEvalsFormAreCheckedWithTheEntryPoint() throws IOException {
    Task task =
        only(
            "{\"task_id\":\"a\",\"prompt\":\"def f():\\n\",\"entry_point\":\"f\","
                + "\"canonical_solution\":\"  return 1\\n\","
                + "\"test\":\"def check(c):\\n  assert c() == 1\\n\"}");
    assertThat(task.tests())
        .isEqualTo(
            new Asserts(
                "", List.of("def check(c):\n  assert c() == 1\n\n\ncheck(f)\n"), Optional.of("f")));
    assertThat(task.reference()).contains("def f():\n  return 1\n");
    assertThat(task.programOf("  return 2")).isEqualTo("def f():\n  return 2");
  }

  @Test
  void statementsRunAsTheyAre() throws IOException {
    Task task =
        only(
            "{\"task_id\":\"a\",\"prompt\":\"class S:\\n\",\"test\":\"assert S().f() == 1\","
                + "\"test_setup_code\":\"import math\",\"reference\":\"class S: pass\"}");
    assertThat(task.tests())
        .isEqualTo(new Asserts("import math", List.of("assert S().f() == 1"), Optional.empty()));
    assertThat(task.reference()).contains("class S: pass");
    Task list =
        only("{\"task_id\":\"a\",\"prompt\":\"p\",\"test_list\":[\"assert f()\",\"assert g()\"]}");
    assertThat(list.tests())
        .isEqualTo(new Asserts("", List.of("assert f()", "assert g()"), Optional.empty()));
    assertThat(list.referenceExecution()).isEmpty();
  }

  @Test
  void programsThatReadAndPrintAreWholePrograms() throws IOException {
    Task task =
        only(
            "{\"task_id\":\"a\",\"prompt\":\"Add two numbers.\",\"stdin\":[\"1 2\",\"3 4\"],"
                + "\"stdout\":[\"3\",\"7\"],\"canonical_solution\":\"print(1)\"}");
    assertThat(task.tests())
        .isEqualTo(
            new StdinStdout(
                List.of(new StdinStdout.Run("1 2", "3"), new StdinStdout.Run("3 4", "7"))));
    assertThat(task.reference()).contains("print(1)");
    assertThat(task.programOf("print(2)")).isEqualTo("print(2)");
  }

  @Test
  void aProblemWithoutTestsOrWithUnevenOnesIsNamed() throws IOException {
    Path none = write("{\"task_id\":\"a\",\"prompt\":\"p\"}");
    assertThatThrownBy(() -> BenchmarkFile.taskSet(none))
        .hasMessage(
            "%s line 1: task a must have tests under one of the keys 'test', 'test_list' and"
                + " 'stdin', but has 0 of them",
            none);
    Path uneven =
        write("{\"task_id\":\"a\",\"prompt\":\"p\",\"stdin\":[\"1\",\"2\"],\"stdout\":\"3\"}");
    assertThatThrownBy(() -> BenchmarkFile.taskSet(uneven))
        .hasMessage(
            "%s line 1: key 'stdout' must hold one output for each of the 2 inputs of 'stdin', but"
                + " holds 1",
            uneven);
  }

  @Test
  void theVersionOfAnOwnFileIsItsDigest() throws IOException {
    TaskSet set =
        BenchmarkFile.taskSet(write("{\"task_id\":\"a\",\"prompt\":\"p\",\"test\":\"f()\"}"));
    assertThat(set.benchmark()).isEqualTo("mine");
    assertThat(set.version()).matches("[0-9a-f]{12}");
  }

  @Test
  void theLeetCodeProblemsHaveTestsAndNoReference() {
    TaskSet set =
        BenchmarkFile.taskSet(
            PublishedData.file("benchmarks/leetcode/leetcode-contest-20240121-Jul.jsonl.gz"));
    assertThat(set.tasks()).hasSize(180);
    assertThat(set.withoutReference()).hasSize(180);
    assertThat(set.version()).isEqualTo("d24803febdaa");
    assertThat(set.tasks().get(0).programOf("  pass")).contains("class Solution:");
  }

  private Task only(String row) throws IOException {
    return BenchmarkFile.taskSet(write(row)).tasks().get(0);
  }

  private Path write(String row) throws IOException {
    return Files.writeString(folder.resolve("mine.jsonl"), row + "\n");
  }
}
