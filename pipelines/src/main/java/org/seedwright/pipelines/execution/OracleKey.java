package org.seedwright.pipelines.execution;

import java.util.ArrayList;
import java.util.List;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * What the outcomes of a benchmark's references depend on.
 *
 * @param benchmark id
 * @param version of the benchmark
 * @param tasks digest over the ids of the tasks and the keys of their references' executions, 64
 *     hex digits: other content of a file, other limits, or other tests made of the same file have
 *     another
 * @param environment digest of the environment, 64 hex digits
 */
public record OracleKey(String benchmark, String version, String tasks, String environment) {
  /** The key of these tasks in this environment. */
  public static OracleKey of(TaskSet set, String environment) {
    List<List<String>> references = new ArrayList<>();
    for (Task task : set.tasks()) {
      references.add(
          task.referenceExecution()
              .map(Execution::key)
              .map(key -> List.of(task.id(), key))
              .orElse(List.of(task.id())));
    }
    return new OracleKey(
        set.benchmark(), set.version(), CanonicalJson.digest(references), environment);
  }
}
