package org.seedwright.pipelines.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.execution.Calls;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Verdict;
import org.seedwright.evaluate.score.Judged;
import org.seedwright.evaluate.score.TestSet;

/**
 * What came of an answer.
 *
 * @param id of the answer
 * @param taskId the task
 * @param family the family of the task
 * @param ordinal which of the task's answers it is, from 0
 * @param extraction what cut the program out
 * @param verdict what is said of it
 * @param basePassed whether it passed the base tests, where the benchmark has base and plus
 * @param plusPassed whether it passed both, where the benchmark has them
 * @param groups the tests one by one
 * @param explanation why it did not pass, in a line; may quote the program, addresses in memory
 *     left out; empty if it passed
 * @param executionKey digest of program, tests and limits
 */
public record VerdictRow(
    String id,
    String taskId,
    String family,
    int ordinal,
    String extraction,
    Verdict verdict,
    Optional<Boolean> basePassed,
    Optional<Boolean> plusPassed,
    List<TestGroup> groups,
    String explanation,
    String executionKey) {
  /** Python shows objects by where they are in memory, which no two runs agree on. */
  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{6,}");

  /**
   * A group of tests.
   *
   * @param group its name
   * @param verdict that of the group
   * @param tests a character per test, in order: {@code 1} passed, {@code 0} failed, {@code -} not
   *     run or not finished
   * @param status {@code pass}, {@code fail} or {@code timeout}, as EvalPlus says it
   */
  public record TestGroup(String group, Verdict verdict, String tests, String status) {
    static TestGroup of(Outcome.GroupOutcome one) {
      return new TestGroup(one.group(), one.verdict(), one.tests(), one.status());
    }

    Outcome.GroupOutcome outcome() {
      return new Outcome.GroupOutcome(group, verdict, tests, status);
    }
  }

  public VerdictRow {
    groups = List.copyOf(groups);
  }

  static VerdictRow of(AnswerProgram answer, Task task, String executionKey, Outcome outcome) {
    boolean plus = hasPlus(task) && outcome.verdict().isOfTheProgram();
    return new VerdictRow(
        answer.id(),
        answer.taskId(),
        task.problem().family(),
        answer.ordinal(),
        answer.extraction(),
        outcome.verdict(),
        plus ? Optional.of(TestSet.BASE.passed(outcome)) : Optional.empty(),
        plus ? Optional.of(TestSet.ALL.passed(outcome)) : Optional.empty(),
        outcome.groups().stream().map(TestGroup::of).toList(),
        ADDRESS.matcher(outcome.reason()).replaceAll("0x…"),
        executionKey);
  }

  /** Whether a task has base and plus tests. */
  public static boolean hasPlus(Task task) {
    return task.tests() instanceof Calls calls
        && calls.groups().stream().anyMatch(group -> group.name().equals(TestSet.PLUS_GROUP));
  }

  /** The outcome, without what it took. */
  public Outcome outcome() {
    return outcome(new Outcome.Measurement(0, 0, -1));
  }

  /** The outcome, with what it took. */
  Outcome outcome(Outcome.Measurement measurement) {
    return new Outcome(
        verdict, groups.stream().map(TestGroup::outcome).toList(), explanation, measurement);
  }

  /** What a score is made of. */
  Judged judged() {
    return new Judged(taskId, family, ordinal, outcome());
  }
}
