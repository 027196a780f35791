package org.seedwright.pipelines.evaluation;

import java.util.List;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.pipelines.table.CanonicalJson;

/** Identity of the tests and limits of a task set, which its version does not hold. */
final class TestsDigest {
  private record Tests(String task, String family, String key) {}

  private TestsDigest() {}

  /** Returns 64 hex digits. */
  static String of(TaskSet set, boolean everyTest) {
    List<Tests> tests =
        set.tasks().stream()
            .map(
                task ->
                    new Tests(
                        task.id(), task.problem().family(), task.execution("", everyTest).key()))
            .toList();
    return CanonicalJson.digest(tests);
  }
}
