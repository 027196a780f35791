package org.seedwright.evaluate.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Verdict;

/**
 * What came of the reference solutions of a task set.
 *
 * @param benchmark id of the benchmark
 * @param passed tasks whose reference passed, in the benchmark's order
 * @param broken tasks whose reference did not, with what came of it, in that order
 * @param withoutReference tasks that have none, in that order
 */
public record OracleReport(
    String benchmark,
    List<String> passed,
    Map<String, Outcome> broken,
    List<String> withoutReference) {
  public OracleReport {
    passed = List.copyOf(passed);
    broken = Collections.unmodifiableMap(new LinkedHashMap<>(broken));
    withoutReference = List.copyOf(withoutReference);
  }

  /**
   * What must be run before {@link #of}, by task id: every reference with all tests. As an
   * execution's key holds program, tests and limits, an execution store keeps the outcomes for the
   * next score in the same environment.
   */
  public static Map<String, Execution> executions(TaskSet set) {
    Map<String, Execution> executions = new LinkedHashMap<>();
    for (Task task : set.tasks()) {
      task.referenceExecution().ifPresent(execution -> executions.put(task.id(), execution));
    }
    return executions;
  }

  /**
   * The report on these outcomes.
   *
   * @param outcomes by task id, one for each of {@link #executions}
   * @throws IllegalArgumentException if one is missing
   * @throws BrokenOracleException if the machine failed on one, which says nothing of the reference
   */
  public static OracleReport of(TaskSet set, Map<String, Outcome> outcomes) {
    List<String> passed = new ArrayList<>();
    Map<String, Outcome> broken = new LinkedHashMap<>();
    Map<String, Outcome> machine = new LinkedHashMap<>();
    for (String id : executions(set).keySet()) {
      Outcome outcome = outcomes.get(id);
      if (outcome == null) {
        throw new IllegalArgumentException("the reference of %s was not run".formatted(id));
      }
      if (outcome.verdict() == Verdict.PASSED) {
        passed.add(id);
      } else if (outcome.verdict().isOfTheProgram()) {
        broken.put(id, outcome);
      } else {
        machine.put(id, outcome);
      }
    }
    if (!machine.isEmpty()) {
      throw BrokenOracleException.ofTheMachine(set.benchmark(), machine);
    }
    return new OracleReport(set.benchmark(), passed, broken, set.withoutReference());
  }

  /** How many references there are. */
  public int references() {
    return passed.size() + broken.size();
  }

  /**
   * The tasks that a score may be said of.
   *
   * @param allowBroken whether tasks whose reference fails are left out instead of forbidding the
   *     score
   * @param noOracle whether tasks without a reference count
   * @throws BrokenOracleException if a reference fails, or there is none, and that was not allowed;
   *     the message names the tasks
   */
  public Set<String> scorable(boolean allowBroken, boolean noOracle) {
    if (!broken.isEmpty() && !allowBroken) {
      throw BrokenOracleException.broken(benchmark, references(), broken);
    }
    if (!withoutReference.isEmpty() && !noOracle) {
      throw BrokenOracleException.withoutReference(benchmark, withoutReference);
    }
    Set<String> scorable = new LinkedHashSet<>(passed);
    scorable.addAll(withoutReference);
    if (scorable.isEmpty()) {
      throw BrokenOracleException.broken(benchmark, references(), broken);
    }
    return scorable;
  }
}
