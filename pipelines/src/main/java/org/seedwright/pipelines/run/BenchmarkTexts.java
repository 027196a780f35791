package org.seedwright.pipelines.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.evaluate.benchmark.BenchmarkFile;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.Problem;
import org.seedwright.evaluate.benchmark.ProblemTexts;

/**
 * The texts of benchmarks that must not turn up in a data set: prompts, descriptions, solutions.
 */
public final class BenchmarkTexts {
  private BenchmarkTexts() {}

  /**
   * The texts of a file of problems.
   *
   * @throws org.seedwright.evaluate.rows.InputFileException if it is not readable
   */
  public static List<BenchmarkText> ofFile(Path file) {
    return of(BenchmarkFile.read(file));
  }

  /**
   * The texts of a benchmark.
   *
   * @param data folder of benchmark files, if there is one
   * @throws org.seedwright.evaluate.benchmark.BenchmarkAbsentException if it is not there
   * @throws org.seedwright.evaluate.rows.InputFileException if it is not readable
   */
  public static List<BenchmarkText> ofBenchmark(String id, Optional<Path> data) {
    return of(Benchmarks.named(id).problems(data));
  }

  private static List<BenchmarkText> of(List<Problem> problems) {
    List<BenchmarkText> texts = new ArrayList<>();
    for (Problem problem : problems) {
      ProblemTexts.of(problem)
          .forEach(
              text ->
                  texts.add(
                      new BenchmarkText(
                          problem.benchmark(), problem.taskId(), text.part().id(), text.text())));
    }
    return texts;
  }
}
