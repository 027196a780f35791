package org.seedwright.pipelines.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seedwright.evaluate.score.Score;
import org.seedwright.evaluate.score.ScoreName;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * A score with all that its name holds.
 *
 * @param id digest of the name
 * @param name the name in one line
 * @param benchmark id of the benchmark
 * @param version its version
 * @param tests {@code all}, or {@code base} for the base tests alone
 * @param tasks how many tasks it is the mean of
 * @param ofTasks how many the benchmark has
 * @param prompt id of the prompt, or {@code unstated}
 * @param extraction id of the extraction
 * @param decoding how the model was decoded, or {@code unstated}
 * @param samplesPerTask how many samples each task has at least
 * @param sandbox name of the sandbox
 * @param oracle {@code passed}, or {@code no-oracle} where tasks without a reference count
 * @param samples how many samples there are
 * @param passed how many of them passed
 * @param passAtK pass@k, by ascending k
 * @param low lower end of the 95 % interval of pass@1
 * @param high its upper end
 */
public record ScoreRow(
    String id,
    String name,
    String benchmark,
    String version,
    String tests,
    int tasks,
    int ofTasks,
    String prompt,
    String extraction,
    String decoding,
    int samplesPerTask,
    String sandbox,
    String oracle,
    int samples,
    int passed,
    List<PassAt> passAtK,
    double low,
    double high) {
  private static final int ID_DIGITS = 32;

  /** pass@k of one k. */
  public record PassAt(int k, double value) {}

  public ScoreRow {
    passAtK = List.copyOf(passAtK);
  }

  static ScoreRow of(ScoreName name, Score score, int passed) {
    return new ScoreRow(
        CanonicalJson.sha256Hex(name.toString().getBytes(StandardCharsets.UTF_8))
            .substring(0, ID_DIGITS),
        name.toString(),
        name.benchmark(),
        name.version(),
        name.tests().id(),
        name.tasks(),
        name.ofTasks(),
        name.prompt(),
        name.extraction(),
        name.decoding(),
        name.samples(),
        name.sandbox(),
        name.oracle().id(),
        score.samples(),
        passed,
        score.passAtK().entrySet().stream()
            .map(one -> new PassAt(one.getKey(), one.getValue()))
            .toList(),
        score.interval().low(),
        score.interval().high());
  }

  /** pass@k by k. */
  public SortedMap<Integer, Double> byK() {
    var byK = new TreeMap<Integer, Double>();
    passAtK.forEach(one -> byK.put(one.k(), one.value()));
    return byK;
  }
}
