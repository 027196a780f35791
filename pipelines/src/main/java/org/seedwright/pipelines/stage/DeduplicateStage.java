package org.seedwright.pipelines.stage;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.seedwright.decontaminate.Reason;
import org.seedwright.decontaminate.dedup.Ignoring;
import org.seedwright.decontaminate.near.MinHash;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.decontaminate.text.Normalizer;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;

/**
 * {@link Deduplicate}, {@link DeduplicateEach} or {@link DeduplicateNear} as a stage.
 *
 * @param from name of the stage whose rows these are
 * @param seedStages names of the stages that have their seeds, where these are compared
 * @param columns compared columns: some of {@code seed}, {@code instruction}, {@code response};
 *     {@code seed} not with {@link Near}
 * @param method how they are compared
 */
public record DeduplicateStage(
    String from, List<String> seedStages, List<String> columns, Method method) implements Stage {
  /** How columns are compared. */
  public sealed interface Method permits Exact, Near {}

  /**
   * The method {@code exact}.
   *
   * @param any whether rows are duplicates where any column is equal; otherwise where all are
   * @param ignoring what columns may differ in
   */
  public record Exact(boolean any, Ignoring ignoring) implements Method {}

  /**
   * The method {@code minhash}.
   *
   * @param settings what two rows must share
   * @param keep which row of a cluster stays
   */
  public record Near(NearSettings settings, Representative keep) implements Method {}

  /** Parts the id of the sample that stays from how similar that one is. */
  private static final String SIMILARITY = ", similarity ";

  private record Configuration(String method, String normalization, List<String> columns) {}

  private record AnyConfiguration(
      String method, String equal, String normalization, List<String> columns) {}

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
    seedStages = List.copyOf(seedStages);
    columns = columns.stream().sorted().toList();
    if (!ComparedSample.COLUMNS.containsAll(columns)) {
      throw new IllegalArgumentException(
          "columns must be some of seed, instruction, response, but were %s".formatted(columns));
    }
  }

  /** How near-duplicates are found, where they are. */
  public Optional<Near> near() {
    return method instanceof Near near ? Optional.of(near) : Optional.empty();
  }

  @Override
  public String name() {
    return "deduplicate";
  }

  @Override
  public int version() {
    // What near-duplicates are told of the row that stays came later.
    return method instanceof Near ? 2 : 1;
  }

  @Override
  public Record configuration() {
    if (method instanceof Near near) {
      return configuration(near);
    }
    var exact = (Exact) method;
    String normalization = exact.ignoring.id();
    return exact.any
        ? new AnyConfiguration("exact", "any", normalization, columns)
        : new Configuration("exact", normalization, columns);
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
    return Stream.concat(Stream.of(from), seedStages.stream()).toList();
  }

  @Override
  public long compute(StageWork work) {
    Table<Sample> samples = Table.of(Sample.class);
    work.job(
        name(),
        pipeline -> {
          PCollection<Sample> rows =
              pipeline.apply("Read", ReadTable.from(samples, work.input(from, "")));
          Split split =
              method instanceof Near near
                  ? near(near, rows, work)
                  : exact((Exact) method, compared(rows, work), work);
          work.write("", samples, split.kept);
          work.write(Rejection.TABLE, Table.of(Rejection.class), split.rejected);
        });
    return work.rows(from, "");
  }

  private record Split(PCollection<Sample> kept, PCollection<Rejection> rejected) {}

  private Split near(Near how, PCollection<Sample> rows, StageWork work) {
    Deduplicated<Sample, KV<String, Double>> split =
        rows.apply(
            "Deduplicate",
            DeduplicateNear.samples(columns, how.settings(), how.keep()).withShards(work.shards()));
    return split(
        split.kept(),
        split.duplicates(),
        row -> row,
        stays -> Reason.NEAR_DUPLICATE,
        stays -> nearEvidence(stays.getKey(), stays.getValue()));
  }

  private static String nearEvidence(String stays, double similarity) {
    return String.format(Locale.ROOT, "%s%s%.4f", stays, SIMILARITY, similarity);
  }

  /**
   * Returns the id of the sample that stays, which the evidence against a duplicate begins with.
   */
  public static String stays(String evidence) {
    int end = evidence.indexOf(SIMILARITY);
    return end < 0 ? evidence : evidence.substring(0, end);
  }

  private static <K, T> Split split(
      PCollection<Sample> kept,
      PCollection<KV<K, T>> duplicates,
      SerializableFunction<T, Sample> sample,
      SerializableFunction<K, Reason> reason,
      SerializableFunction<K, String> evidence) {
    return new Split(
        kept, duplicates.apply("Reject", ParDo.of(new Reject<>(sample, reason, evidence))));
  }

  private PCollection<ComparedSample> compared(PCollection<Sample> rows, StageWork work) {
    if (!columns.contains(ComparedSample.SEED)) {
      return rows.apply("WithoutSeeds", ParDo.of(new WithoutSeed()))
          .setCoder(Table.of(ComparedSample.class).coder());
    }
    PCollectionList<SeedSnippet> tables = PCollectionList.empty(rows.getPipeline());
    for (String stage : seedStages) {
      tables =
          tables.and(
              rows.getPipeline()
                  .apply(
                      "Read-" + stage,
                      ReadTable.from(Table.of(SeedSnippet.class), work.input(stage, ""))));
    }
    return rows.apply("WithSeeds", new JoinSeeds(tables));
  }

  private Split exact(Exact how, PCollection<ComparedSample> rows, StageWork work) {
    if (how.any) {
      Deduplicated<ComparedSample, KV<String, String>> split =
          rows.apply(
              "Deduplicate",
              ComparedSample.each(columns).ignoring(how.ignoring).withShards(work.shards()));
      return split(
          bare(split.kept()),
          split.duplicates(),
          ComparedSample::sample,
          taken -> ComparedSample.reason(taken.getKey()),
          KV::getValue);
    }
    Deduplicated<ComparedSample, String> split =
        rows.apply(
            "Deduplicate",
            ComparedSample.whole(columns).ignoring(how.ignoring).withShards(work.shards()));
    return split(
        bare(split.kept()),
        split.duplicates(),
        ComparedSample::sample,
        stays -> Reason.DUPLICATE,
        stays -> stays);
  }

  private static PCollection<Sample> bare(PCollection<ComparedSample> rows) {
    return rows.apply("Bare", ParDo.of(new Bare())).setCoder(Table.of(Sample.class).coder());
  }

  private static final class WithoutSeed extends DoFn<Sample, ComparedSample> {
    @ProcessElement
    public void wrap(@Element Sample sample, OutputReceiver<ComparedSample> out) {
      out.output(ComparedSample.of(sample, Optional.empty()));
    }
  }

  private static final class Bare extends DoFn<ComparedSample, Sample> {
    @ProcessElement
    public void unwrap(@Element ComparedSample row, OutputReceiver<Sample> out) {
      out.output(row.sample());
    }
  }

  /**
   * The evidence begins with the id of the sample that stays.
   *
   * @param <K> what a duplicate is under
   * @param <T> the row
   */
  private static final class Reject<K, T> extends DoFn<KV<K, T>, Rejection> {
    private final SerializableFunction<T, Sample> sample;
    private final SerializableFunction<K, Reason> reason;
    private final SerializableFunction<K, String> evidence;

    Reject(
        SerializableFunction<T, Sample> sample,
        SerializableFunction<K, Reason> reason,
        SerializableFunction<K, String> evidence) {
      this.sample = sample;
      this.reason = reason;
      this.evidence = evidence;
    }

    @ProcessElement
    public void reject(@Element KV<K, T> duplicate, OutputReceiver<Rejection> out) {
      out.output(
          Rejection.ofSample(
              sample.apply(duplicate.getValue()),
              reason.apply(duplicate.getKey()).id(),
              evidence.apply(duplicate.getKey())));
    }
  }
}
