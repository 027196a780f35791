package org.seedwright.pipelines.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.oracle.OracleReport;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.stage.StageWork;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/**
 * The reference solutions of a benchmark, run where answers are to be run.
 *
 * @param set the benchmark's tasks; those without a reference have no row
 * @param settings where they are run
 */
public record OracleStage(TaskSet set, WorkbenchSettings settings) implements Stage {
  /** The stage's name. */
  public static final String NAME = "oracle";

  private static final String PROGRAMS = "programs";

  private record Configuration(
      String benchmark,
      String version,
      String testsDigest,
      String programsDigest,
      String environment) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    return new Configuration(
        set.benchmark(),
        set.version(),
        TestsDigest.of(set, true),
        CanonicalJson.digest(programs()),
        settings.environment());
  }

  @Override
  public List<String> inputs() {
    return List.of();
  }

  @Override
  public long compute(StageWork work) throws IOException {
    List<AnswerProgram> programs = programs();
    SmallTable.write(Table.of(AnswerProgram.class), work.output(PROGRAMS), programs);
    Running.run(work, NAME, work.output(PROGRAMS), settings, true);
    // A machine that failed must not be found here by the next run.
    var unused = report(set, work.output(""));
    return programs.size();
  }

  private List<AnswerProgram> programs() {
    var programs = new ArrayList<AnswerProgram>();
    for (Task task : set.tasks()) {
      task.reference()
          .ifPresent(
              reference ->
                  programs.add(
                      AnswerProgram.of(
                          set.benchmark() + " " + set.version(),
                          task.id(),
                          0,
                          AnswerProgram.REFERENCE,
                          "solution",
                          reference)));
    }
    return programs;
  }

  /**
   * Reads what came of them.
   *
   * @param folder the stage's main table
   * @throws org.seedwright.evaluate.oracle.BrokenOracleException if the machine failed on one
   */
  public static OracleReport report(TaskSet set, TableFolder folder) throws IOException {
    Map<String, Outcome> outcomes = new HashMap<>();
    for (VerdictRow row : SmallTable.read(Table.of(VerdictRow.class), folder)) {
      outcomes.put(row.taskId(), row.outcome());
    }
    return OracleReport.of(set, outcomes);
  }
}
