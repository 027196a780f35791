package org.seedwright.pipelines.stage;

import java.util.List;
import org.seedwright.decontaminate.text.Normalizer;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.WriteTable;

/**
 * {@link Deduplicate} as a stage.
 *
 * @param columns compared columns
 */
public record DeduplicateStage(List<String> columns) implements Stage {
  private record Configuration(String method, String normalization, List<String> columns) {}

  public DeduplicateStage {
    columns = columns.stream().sorted().toList();
  }

  @Override
  public String name() {
    return "deduplicate";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    return new Configuration("exact", Normalizer.ID, columns);
  }

  @Override
  public List<String> inputs() {
    return List.of("merge");
  }

  @Override
  public long compute(StageWork work) {
    Table<Sample> samples = Table.of(Sample.class);
    Table<Rejection> rejections = Table.of(Rejection.class);
    var kept = work.output("");
    var rejected = work.output(Rejection.TABLE);
    work.job(
        name(),
        pipeline -> {
          var split =
              pipeline
                  .apply("Read", ReadTable.from(samples, work.input("merge", "")))
                  .apply("Deduplicate", Deduplicate.exact(columns, work.shards()));
          split
              .get(Deduplicate.KEPT)
              .setCoder(samples.coder())
              .apply("WriteKept", WriteTable.to(samples, kept));
          split
              .get(Deduplicate.REJECTED)
              .setCoder(rejections.coder())
              .apply("WriteRejected", WriteTable.to(rejections, rejected));
        });
    return work.rows("merge", "");
  }
}
