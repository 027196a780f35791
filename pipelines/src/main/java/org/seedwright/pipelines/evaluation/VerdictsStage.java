package org.seedwright.pipelines.evaluation;

import java.io.IOException;
import java.util.List;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.score.Judged;
import org.seedwright.evaluate.score.ScoreBlockedException;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.stage.StageWork;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/**
 * Runs answers against the tests of a benchmark.
 *
 * @param set the tasks
 * @param settings where they are run
 * @param everyTest whether tests go on after the first that fails
 */
public record VerdictsStage(TaskSet set, WorkbenchSettings settings, boolean everyTest)
    implements Stage {
  /** The stage's name. */
  public static final String NAME = "verdicts";

  private record Configuration(
      String benchmark, String version, String testsDigest, String environment) {}

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
        set.benchmark(), set.version(), TestsDigest.of(set, everyTest), settings.environment());
  }

  @Override
  public List<String> inputs() {
    return List.of(AnswersStage.NAME);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ScoreBlockedException if the machine failed on a program; what ran is known to the next
   *     run
   */
  @Override
  public long compute(StageWork work) throws IOException {
    Running.run(work, NAME, work.input(AnswersStage.NAME, ""), settings, everyTest);
    List<Judged> failed =
        read(work.output("")).stream()
            .filter(row -> !row.verdict().isOfTheProgram())
            .map(VerdictRow::judged)
            .toList();
    if (!failed.isEmpty()) {
      ScoreBlockedException.throwIfMachineFailed(failed);
    }
    return work.rows(AnswersStage.NAME, "");
  }

  /**
   * Reads the verdicts into memory: some hundred bytes each, and a character a test.
   *
   * @param folder the stage's main table
   */
  public static List<VerdictRow> read(TableFolder folder) throws IOException {
    return SmallTable.read(Table.of(VerdictRow.class), folder);
  }
}
