package org.seedwright.pipelines.evaluation;

import java.io.IOException;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.seedwright.pipelines.stage.StageWork;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/**
 * The job that runs a table of programs and writes verdicts and measurements. Where it runs in
 * other processes than the command's, these have what is known from a table, and what came of the
 * others is stored when the job has ended.
 */
final class Running {
  private Running() {}

  static void run(
      StageWork work,
      String job,
      TableFolder programs,
      WorkbenchSettings settings,
      boolean everyTest)
      throws IOException {
    if (!work.isElsewhere()) {
      run(
          work,
          job,
          programs,
          RunAnswers.with(settings, work.shards(), everyTest, KnownOutcomes.ASKED));
      return;
    }
    Workbench bench = Workbench.ofTheCommand(settings);
    var known =
        KnownOutcomes.write(
            work.scratch("known"),
            bench.knownOf(SmallTable.read(Table.of(AnswerProgram.class), programs), everyTest));
    run(work, job, programs, RunAnswers.with(settings, work.shards(), everyTest, known));
    bench.keep(
        SmallTable.read(Table.of(VerdictRow.class), work.output("")),
        SmallTable.read(
            Table.of(ExecutionMeasurement.class), work.output(ExecutionMeasurement.TABLE)));
  }

  private static void run(StageWork work, String job, TableFolder programs, RunAnswers answers) {
    work.job(
        job,
        pipeline -> {
          PCollection<RunAnswers.Executed> executed =
              pipeline
                  .apply("Read", ReadTable.from(Table.of(AnswerProgram.class), programs))
                  .apply("Run", answers);
          work.write(
              "",
              Table.of(VerdictRow.class),
              executed.apply(
                  "Verdicts",
                  MapElements.into(TypeDescriptor.of(VerdictRow.class))
                      .via(RunAnswers.Executed::verdict)));
          work.write(
              ExecutionMeasurement.TABLE,
              Table.of(ExecutionMeasurement.class),
              executed.apply(
                  "Measurements",
                  MapElements.into(TypeDescriptor.of(ExecutionMeasurement.class))
                      .via(RunAnswers.Executed::measurement)));
        });
  }
}
