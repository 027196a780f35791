package org.seedwright.pipelines.stage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.evolve.seed.RandomLines;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;

/**
 * {@link ExtractSeeds} as a stage.
 *
 * @param runSeed the experiment's seed
 * @param minLines shortest snippet
 * @param maxLines longest snippet
 * @param perFile draws from each file
 * @param total seeds kept in all, if limited
 * @param byLanguage seeds kept of each language, if limited so
 * @param rejectDegenerate whether blank, comment-only, import-only and punctuation-only snippets go
 * @param licenses SPDX ids of the licences that a file may have; empty takes any and none
 */
public record SeedsStage(
    long runSeed,
    int minLines,
    int maxLines,
    int perFile,
    Optional<Integer> total,
    Map<String, Integer> byLanguage,
    boolean rejectDegenerate,
    List<String> licenses)
    implements Stage {

  private record LanguageCount(String language, int count) {}

  private record Configuration(
      String extractor,
      long seed,
      int minLines,
      int maxLines,
      int perFile,
      Optional<Integer> total,
      List<LanguageCount> byLanguage,
      boolean rejectDegenerate,
      List<String> licenses) {}

  public SeedsStage {
    byLanguage = Map.copyOf(byLanguage);
    licenses = licenses.stream().sorted().toList();
  }

  @Override
  public String name() {
    return "seeds";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    return new Configuration(
        "random-lines",
        runSeed,
        minLines,
        maxLines,
        perFile,
        total,
        byLanguage.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> new LanguageCount(entry.getKey(), entry.getValue()))
            .toList(),
        rejectDegenerate,
        licenses);
  }

  @Override
  public List<String> inputs() {
    return List.of("sources");
  }

  @Override
  public long compute(StageWork work) {
    work.needRows("sources");
    var lines = new RandomLines(runSeed, minLines, maxLines);
    ExtractSeeds every =
        ExtractSeeds.with(lines)
            .withPerFile(perFile)
            .withCountByLanguage(byLanguage)
            .withLicenses(licenses)
            .withShards(work.shards());
    ExtractSeeds counted = total.map(every::withCount).orElse(every);
    ExtractSeeds extract = rejectDegenerate ? counted : counted.keepingDegenerate();
    work.job(
        name(),
        pipeline -> {
          ExtractSeeds.Outputs drawn =
              pipeline
                  .apply(
                      "Read", ReadTable.from(Table.of(SourceFile.class), work.input("sources", "")))
                  .apply("ExtractSeeds", extract);
          work.write("", Table.of(SeedSnippet.class), drawn.seeds());
          work.write(Rejection.TABLE, Table.of(Rejection.class), drawn.rejected());
          work.write(NotSelected.TABLE, Table.of(NotSelected.class), drawn.notSelected());
        });
    return work.rows("sources", "") * perFile;
  }
}
