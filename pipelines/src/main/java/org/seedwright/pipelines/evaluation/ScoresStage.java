package org.seedwright.pipelines.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.oracle.OracleReport;
import org.seedwright.evaluate.score.Judged;
import org.seedwright.evaluate.score.Score;
import org.seedwright.evaluate.score.ScoreName;
import org.seedwright.evaluate.score.TestSet;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.stage.StageWork;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/**
 * Scores of verdicts: one for each extraction and, where the benchmark has base and plus tests,
 * each of both. The verdicts are in memory meanwhile.
 *
 * @param set the benchmark's tasks
 * @param extractions ids, those that make a score
 * @param terms what else the scores are to say
 */
public record ScoresStage(TaskSet set, List<String> extractions, Terms terms) implements Stage {
  /** The stage's name. */
  public static final String NAME = "scores";

  /**
   * What a score's name holds beside the benchmark, and how it is made.
   *
   * @param prompt id of the prompt
   * @param decoding how the model was decoded
   * @param sandbox name of the sandbox
   * @param ks which pass@k
   * @param allowBroken whether tasks whose reference fails are left out
   * @param noOracle whether tasks without a reference count
   */
  public record Terms(
      String prompt,
      String decoding,
      String sandbox,
      List<Integer> ks,
      boolean allowBroken,
      boolean noOracle) {
    public Terms {
      ks = new TreeSet<>(ks).stream().toList();
    }
  }

  private record Configuration(
      String benchmark,
      String version,
      List<String> tasks,
      List<String> extractions,
      Terms terms) {}

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
        set.tasks().stream().map(task -> task.id()).toList(),
        extractions,
        terms);
  }

  @Override
  public List<String> inputs() {
    return List.of(OracleStage.NAME, VerdictsStage.NAME);
  }

  @Override
  public long compute(StageWork work) throws IOException {
    OracleReport oracle = OracleStage.report(set, work.input(OracleStage.NAME, ""));
    Set<String> scorable = oracle.scorable(terms.allowBroken(), terms.noOracle());
    boolean hasPlus = set.tasks().stream().allMatch(VerdictRow::hasPlus);
    Map<String, List<Judged>> byExtraction = new HashMap<>();
    for (VerdictRow row : VerdictsStage.read(work.input(VerdictsStage.NAME, ""))) {
      if (scorable.contains(row.taskId())) {
        byExtraction.computeIfAbsent(row.extraction(), id -> new ArrayList<>()).add(row.judged());
      }
    }
    var scores = new ArrayList<ScoreRow>();
    for (String extraction : extractions) {
      List<Judged> judged = byExtraction.getOrDefault(extraction, List.of());
      scores.add(score(TestSet.ALL, extraction, judged, oracle));
      if (hasPlus) {
        scores.add(score(TestSet.BASE, extraction, judged, oracle));
      }
    }
    SmallTable.write(Table.of(ScoreRow.class), work.output(""), scores);
    return scores.size();
  }

  /** The benchmark's id without its version, which older versions have in their ids. */
  public static String benchmark(TaskSet set) {
    String version = "@" + set.version();
    return set.benchmark().endsWith(version)
        ? set.benchmark().substring(0, set.benchmark().length() - version.length())
        : set.benchmark();
  }

  private ScoreRow score(
      TestSet tests, String extraction, List<Judged> judged, OracleReport oracle) {
    Score score = Score.of(tests, judged, terms.ks());
    Map<String, Integer> perTask = new HashMap<>();
    judged.forEach(one -> perTask.merge(one.taskId(), 1, Integer::sum));
    boolean isWithoutOracle =
        perTask.keySet().stream().anyMatch(oracle.withoutReference()::contains);
    var name =
        new ScoreName(
            benchmark(set),
            set.version(),
            tests,
            score.tasks(),
            set.tasks().size(),
            terms.prompt(),
            extraction,
            terms.decoding(),
            perTask.values().stream().mapToInt(count -> count).min().orElse(1),
            terms.sandbox(),
            isWithoutOracle ? ScoreName.Oracle.NO_ORACLE : ScoreName.Oracle.PASSED);
    int passed = (int) judged.stream().filter(one -> tests.passed(one.outcome())).count();
    return ScoreRow.of(name, score, passed);
  }

  /** Reads the scores. */
  public static List<ScoreRow> read(TableFolder folder) throws IOException {
    return SmallTable.read(Table.of(ScoreRow.class), folder);
  }
}
