package org.seedwright.pipelines.stage;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.seedwright.decontaminate.Reason;
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
          Deduplicate.Outputs<Sample> split =
              pipeline
                  .apply("Read", ReadTable.from(samples, work.input("merge", "")))
                  .apply("Deduplicate", Deduplicate.samples(columns).withShards(work.shards()));
          work.write("", samples, split.kept());
          work.write(
              Rejection.TABLE,
              Table.of(Rejection.class),
              split.duplicates().apply("Reject", ParDo.of(new Reject())));
        });
    return work.rows("merge", "");
  }

  /** The evidence is the id of the sample that stays. */
  private static final class Reject extends DoFn<KV<String, Sample>, Rejection> {
    @ProcessElement
    public void reject(@Element KV<String, Sample> duplicate, OutputReceiver<Rejection> out) {
      out.output(
          Rejection.ofSample(duplicate.getValue(), Reason.DUPLICATE.id(), duplicate.getKey()));
    }
  }
}
