package org.seedwright.pipelines.stage;

import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.seedwright.decontaminate.Reason;
import org.seedwright.decontaminate.near.MinHash;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.decontaminate.text.Normalizer;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;

/**
 * {@link Deduplicate} or {@link DeduplicateNear} as a stage.
 *
 * @param from name of the stage whose rows these are
 * @param columns compared columns
 * @param near how near-duplicates are found; without it rows are duplicates where their columns are
 *     equal
 */
public record DeduplicateStage(String from, List<String> columns, Optional<Near> near)
    implements Stage {
  /**
   * The method {@code minhash}.
   *
   * @param settings what two rows must share
   * @param keep which row of a cluster stays
   */
  public record Near(NearSettings settings, Representative keep) {}

  private record Configuration(String method, String normalization, List<String> columns) {}

  private record NearConfiguration(
      String method,
      String signature,
      String normalization,
      List<String> columns,
      double threshold,
      int words,
      int bands,
      int rows,
      String keep) {}

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
    return near.<Record>map(this::configuration)
        .orElseGet(() -> new Configuration("exact", Normalizer.ID, columns));
  }

  private NearConfiguration configuration(Near chosen) {
    NearSettings settings = chosen.settings();
    return new NearConfiguration(
        "minhash",
        MinHash.ID,
        Normalizer.ID,
        columns,
        settings.threshold(),
        settings.words(),
        settings.bands().bands(),
        settings.bands().rows(),
        chosen.keep().id());
  }

  @Override
  public List<String> inputs() {
    return List.of(from);
  }

  @Override
  public long compute(StageWork work) {
    Table<Sample> samples = Table.of(Sample.class);
    work.job(
        name(),
        pipeline -> {
          PCollection<Sample> rows =
              pipeline.apply("Read", ReadTable.from(samples, work.input(from, "")));
          Deduplicate.Outputs<Sample> split =
              near.isPresent()
                  ? rows.apply(
                      "Deduplicate",
                      DeduplicateNear.samples(columns, near.get().settings(), near.get().keep())
                          .withShards(work.shards()))
                  : rows.apply(
                      "Deduplicate", Deduplicate.samples(columns).withShards(work.shards()));
          work.write("", samples, split.kept());
          work.write(
              Rejection.TABLE,
              Table.of(Rejection.class),
              split.duplicates().apply("Reject", ParDo.of(new Reject(reason().id()))));
        });
    return work.rows(from, "");
  }

  private Reason reason() {
    return near.isPresent() ? Reason.NEAR_DUPLICATE : Reason.DUPLICATE;
  }

  /** The evidence is the id of the sample that stays. */
  private static final class Reject extends DoFn<KV<String, Sample>, Rejection> {
    private final String reason;

    Reject(String reason) {
      this.reason = reason;
    }

    @ProcessElement
    public void reject(@Element KV<String, Sample> duplicate, OutputReceiver<Rejection> out) {
      out.output(Rejection.ofSample(duplicate.getValue(), reason, duplicate.getKey()));
    }
  }
}
