package org.seedwright.pipelines.stage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.seedwright.decontaminate.benchmark.BenchmarkSearch;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.decontaminate.benchmark.ExactIndex;
import org.seedwright.decontaminate.text.Normalizer;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;

/**
 * {@link Decontaminate} as a stage.
 *
 * @param against names of the benchmarks, as in the experiment
 * @param texts their texts
 * @param tests how they are searched for
 */
public record DecontaminateStage(
    List<String> against, List<BenchmarkText> texts, BenchmarkSearch.Tests tests) implements Stage {
  private record Configuration(
      List<String> tests,
      String normalization,
      String textsDigest,
      int minimumCharacters,
      Optional<Integer> nGramWords,
      Optional<Double> nGramCoverage) {}

  public DecontaminateStage {
    against = List.copyOf(against);
    texts = List.copyOf(texts);
  }

  @Override
  public String name() {
    return "decontaminate";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public Record configuration() {
    List<BenchmarkText> sorted =
        texts.stream()
            .sorted(
                Comparator.comparing(BenchmarkText::benchmark)
                    .thenComparing(BenchmarkText::taskId)
                    .thenComparing(BenchmarkText::part)
                    .thenComparing(BenchmarkText::text))
            .toList();
    return new Configuration(
        tests.ids(),
        Normalizer.ID,
        CanonicalJson.digest(sorted),
        ExactIndex.MINIMUM_CHARACTERS,
        tests.nGrams().map(BenchmarkSearch.NGrams::words),
        tests.nGrams().map(BenchmarkSearch.NGrams::coverage));
  }

  @Override
  public List<String> inputs() {
    return List.of("deduplicate");
  }

  @Override
  public long compute(StageWork work) {
    Table<Sample> samples = Table.of(Sample.class);
    work.job(
        name(),
        pipeline -> {
          var split =
              pipeline
                  .apply("Read", ReadTable.from(samples, work.input("deduplicate", "")))
                  .apply("Decontaminate", Decontaminate.by(BenchmarkSearch.of(texts, tests)));
          work.write("", samples, split.get(Decontaminate.CLEAN));
          work.write(Rejection.TABLE, Table.of(Rejection.class), split.get(Decontaminate.REJECTED));
          work.write(
              ContaminationHit.TABLE,
              Table.of(ContaminationHit.class),
              split.get(Decontaminate.HITS));
        });
    return work.rows("deduplicate", "");
  }
}
