package org.seedwright.pipelines.stage;

import java.util.List;
import org.seedwright.decontaminate.text.Normalizer;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;

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
    work.job(
        name(),
        pipeline -> {
          var split =
              pipeline
                  .apply("Read", ReadTable.from(samples, work.input("merge", "")))
                  .apply("Deduplicate", Deduplicate.exact(columns, work.shards()));
          work.write("", samples, split.get(Deduplicate.KEPT));
          work.write(Rejection.TABLE, Table.of(Rejection.class), split.get(Deduplicate.REJECTED));
        });
    return work.rows("merge", "");
  }
}
