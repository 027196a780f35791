package org.seedwright.pipelines.evaluation;

import java.util.List;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Verdict;

/**
 * An outcome that the command's process knows of a program that a worker would run.
 *
 * @param id of the answer
 * @param taskId the task, by which workers have their share
 * @param executionKey digest of program, tests and limits
 */
record KnownOutcome(
    String id,
    String taskId,
    String executionKey,
    Verdict verdict,
    List<VerdictRow.TestGroup> groups,
    String reason,
    long cpuMillis,
    long wallMillis,
    double load) {
  KnownOutcome {
    groups = List.copyOf(groups);
  }

  static KnownOutcome of(AnswerProgram answer, String executionKey, Outcome outcome) {
    return new KnownOutcome(
        answer.id(),
        answer.taskId(),
        executionKey,
        outcome.verdict(),
        outcome.groups().stream().map(VerdictRow.TestGroup::of).toList(),
        outcome.reason(),
        outcome.measurement().cpuMillis(),
        outcome.measurement().wallMillis(),
        outcome.measurement().load());
  }

  Outcome outcome() {
    return new Outcome(
        verdict,
        groups.stream().map(VerdictRow.TestGroup::outcome).toList(),
        reason,
        new Outcome.Measurement(cpuMillis, wallMillis, load));
  }
}
