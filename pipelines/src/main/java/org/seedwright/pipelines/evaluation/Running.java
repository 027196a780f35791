package org.seedwright.pipelines.evaluation;

import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.seedwright.pipelines.stage.StageWork;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/** The job that runs a table of programs and writes verdicts and measurements. */
final class Running {
  private Running() {}

  static void run(
      StageWork work,
      String job,
      TableFolder programs,
      WorkbenchSettings settings,
      boolean everyTest) {
    work.job(
        job,
        pipeline -> {
          PCollection<RunAnswers.Executed> executed =
              pipeline
                  .apply("Read", ReadTable.from(Table.of(AnswerProgram.class), programs))
                  .apply("Run", RunAnswers.with(settings, work.shards(), everyTest));
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
