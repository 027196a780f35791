package org.seedwright.pipelines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Verdict;
import org.seedwright.evaluate.sandbox.Slots;
import org.seedwright.evaluate.sandbox.Unconfined;
import org.seedwright.pipelines.execution.ExecutionStore;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.TableFolder;

/** Outcomes on their way between the execution store and workers, who cannot open it. */
class WorkersOutcomesTest {
  private static final Outcome.Measurement TOOK = new Outcome.Measurement(5, 7, 1.5);

  @TempDir private Path folder;

  private interface Use {
    void of(Workbench bench, ExecutionStore store) throws Exception;
  }

  @Test
  void whatAWorkerCameToIsKnownAfterwardsAndMakesTheSameRow() throws Exception {
    use(
        true,
        (bench, store) -> {
          AnswerProgram answer = answer(0, "def one():\n    return 2\n");
          String key = key(bench, answer);
          VerdictRow row =
              VerdictRow.of(
                  answer,
                  bench.task(answer.taskId()),
                  key,
                  new Outcome(
                      Verdict.WRONG_ANSWER,
                      List.of(new Outcome.GroupOutcome("tests", Verdict.WRONG_ANSWER, "0", "fail")),
                      "returned <object at 0x7f0011223344>",
                      TOOK));

          bench.keep(List.of(row), List.of(ExecutionMeasurement.of(row.id(), TOOK, false)));

          assertThat(bench.executed()).isOne();
          Outcome stored = store.find(key, bench.settings().environment()).orElseThrow();
          assertThat(stored).isEqualTo(row.outcome(TOOK));

          // The same program a second time is one execution.
          AnswerProgram twin = answer(1, answer.program());
          List<KnownOutcome> known = bench.knownOf(List.of(answer, twin), false);
          assertThat(known).hasSize(1);
          assertThat(bench.reused()).isOne();
          assertThat(bench.knownOf(List.of(answer), true)).isEmpty();

          var shards = new Shards(3);
          KnownOutcomes table =
              KnownOutcomes.write(
                  new TableFolder(folder.resolve("scratch").toString(), "known/", shards), known);
          for (int shard : shards.numbers()) {
            assertThat(table.ofShard(shard).containsKey(key))
                .isEqualTo(shard == shards.of(answer.taskId()));
          }
          Outcome read = table.ofShard(shards.of(answer.taskId())).get(key);
          assertThat(VerdictRow.of(answer, bench.task(answer.taskId()), key, read)).isEqualTo(row);
        });
  }

  @Test
  void whatWasKnownOrTheMachineFailedOnIsNotStored() throws Exception {
    use(
        true,
        (bench, store) -> {
          AnswerProgram answer = answer(0, "def one():\n    return 1\n");
          String key = key(bench, answer);
          Outcome machines = Outcome.ofTheMachine(Verdict.SANDBOX_UNAVAILABLE, "gone");
          VerdictRow failed = VerdictRow.of(answer, bench.task(answer.taskId()), key, machines);

          bench.keep(List.of(failed), List.of(ExecutionMeasurement.of(answer.id(), TOOK, false)));
          bench.keep(
              List.of(passed(bench, answer)),
              List.of(ExecutionMeasurement.of(answer.id(), TOOK, true)));

          assertThat(store.find(key, bench.settings().environment())).isEmpty();
        });
  }

  @Test
  void nothingIsKeptOrKnownWhereNothingIsReused() throws Exception {
    use(
        false,
        (bench, store) -> {
          AnswerProgram answer = answer(0, "def one():\n    return 1\n");
          VerdictRow row = passed(bench, answer);

          bench.keep(List.of(row), List.of(ExecutionMeasurement.of(row.id(), TOOK, false)));

          assertThat(bench.executed()).isOne();
          Optional<Outcome> stored = store.find(row.executionKey(), bench.settings().environment());
          assertThat(stored).isEmpty();
          assertThat(bench.knownOf(List.of(answer), false)).isEmpty();
        });
  }

  private static VerdictRow passed(Workbench bench, AnswerProgram answer) {
    return VerdictRow.of(
        answer,
        bench.task(answer.taskId()),
        key(bench, answer),
        new Outcome(
            Verdict.PASSED,
            List.of(new Outcome.GroupOutcome("tests", Verdict.PASSED, "1", "pass")),
            "",
            TOOK));
  }

  private static String key(Workbench bench, AnswerProgram answer) {
    return bench.task(answer.taskId()).execution(answer.program(), false).key();
  }

  private static AnswerProgram answer(int ordinal, String program) {
    return AnswerProgram.of("mine 1", "own/one", ordinal, "none", "solution", program);
  }

  private void use(boolean reuse, Use use) throws Exception {
    Path file = folder.resolve("mine.jsonl");
    Files.writeString(
        file,
        "{\"task_id\":\"own/one\",\"prompt\":\"def one():\\n\",\"canonical_solution\":\"    return"
            + " 1\\n\",\"test_list\":[\"assert one() == 1\"]}\n");
    BenchmarkPlace place = BenchmarkPlace.of(file);
    TaskSet set = place.read();
    try (var store = ExecutionStore.open(folder.resolve("executions.sqlite"));
        var bench =
            Workbench.open(
                place, set, SandboxKind.NONE, 1, Slots.of(Unconfined.here(), 1), store, reuse)) {
      use.of(bench, store);
    }
  }
}
