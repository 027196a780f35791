package org.seedwright.pipelines.stage;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.seedwright.decontaminate.near.Jaccard;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.decontaminate.near.Shingles;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.Shards;

/**
 * Keeps one row of each cluster of near-duplicates ({@link NearClusters}; docs/near-duplicates.md
 * says what these are): the one of the lowest rank, of these the one whose id has the smallest
 * SHA-256. What is kept does not depend on order, shards or runner, and no cluster is too large: a
 * cluster is streamed, never held. A row that does not stay comes under the id of the one that does
 * and the Jaccard similarity to it: 0 to 1, under the threshold where only others between them make
 * the two one cluster.
 *
 * <pre>{@code
 * Deduplicated<SeedSnippet, KV<String, Double>> split =
 *     seeds.apply(
 *         "DeduplicateNear",
 *         DeduplicateNear.of(SeedSnippet::id, seed -> List.of(seed.code())));
 * PCollection<SeedSnippet> unique = split.kept();
 * }</pre>
 *
 * @param <T> the row: anything with a coder and an id
 */
public final class DeduplicateNear<T>
    extends PTransform<PCollection<T>, Deduplicated<T, KV<String, Double>>> {
  private static final KvCoder<String, byte[]> NAMED =
      KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of());

  private final SerializableFunction<T, String> id;
  private final SerializableFunction<T, List<String>> texts;
  private final SerializableFunction<T, Long> rank;
  private final NearSettings settings;
  private final Shards shards;

  private DeduplicateNear(
      SerializableFunction<T, String> id,
      SerializableFunction<T, List<String>> texts,
      SerializableFunction<T, Long> rank,
      NearSettings settings,
      Shards shards) {
    this.id = id;
    this.texts = texts;
    this.rank = rank;
    this.settings = settings;
    this.shards = shards;
  }

  /**
   * Compares these texts, threshold 0.7.
   *
   * @param id names a row; not empty, and no two rows share one
   * @param texts of a row; one without any is nobody's duplicate
   */
  public static <T> DeduplicateNear<T> of(
      SerializableFunction<T, String> id, SerializableFunction<T, List<String>> texts) {
    return new DeduplicateNear<>(
        id, texts, row -> 0L, NearSettings.defaults(), new Shards(Shards.DEFAULT_COUNT));
  }

  /**
   * Compares the runs of words of some columns of samples together.
   *
   * @param columns of {@code instruction} and {@code response}, at least one
   */
  public static DeduplicateNear<Sample> samples(
      List<String> columns, NearSettings settings, Representative keep) {
    if (columns.isEmpty() || !List.of("instruction", "response").containsAll(columns)) {
      throw new IllegalArgumentException(
          "columns must be some of instruction, response, but were %s".formatted(columns));
    }
    boolean instruction = columns.contains("instruction");
    boolean response = columns.contains("response");
    SerializableFunction<Sample, List<String>> texts =
        sample ->
            Stream.of(
                    Optional.of(sample.instruction()).filter(text -> instruction),
                    sample.response().filter(text -> response))
                .flatMap(Optional::stream)
                .toList();
    return DeduplicateNear.of(Sample::id, texts)
        .by(settings)
        .preferringLowest(sample -> keep.rank(sample, texts.apply(sample)));
  }

  /** Finds near-duplicates by these settings. */
  public DeduplicateNear<T> by(NearSettings other) {
    return new DeduplicateNear<>(id, texts, rank, other, shards);
  }

  /** Of each cluster keeps a row of the lowest rank; default: all have one rank. */
  public DeduplicateNear<T> preferringLowest(SerializableFunction<T, Long> rankOfRow) {
    return new DeduplicateNear<>(id, texts, rankOfRow, settings, shards);
  }

  /** Sorts in so many groups; default 16; changes no row. */
  public DeduplicateNear<T> withShards(Shards groups) {
    return new DeduplicateNear<>(id, texts, rank, settings, groups);
  }

  @Override
  public Deduplicated<T, KV<String, Double>> expand(PCollection<T> rows) {
    Coder<T> coder = rows.getCoder();
    var alone = new TupleTag<T>() {};
    var clustered = new TupleTag<KV<String, T>>() {};
    PCollectionTuple joined =
        rows.apply("Shingle", ParDo.of(new Shingle<>(id, texts, settings.words())))
            .setCoder(NAMED)
            .apply("Cluster", new NearClusters(settings, shards))
            .apply("JoinClusters", new JoinLabels<>(rows, id, alone, clustered));
    var first = new TupleTag<T>() {};
    var duplicates = new TupleTag<KV<KV<String, Double>, T>>() {};
    PCollectionTuple split =
        joined
            .get(clustered)
            .apply("Order", ParDo.of(new Order<>(id, rank)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), KvCoder.of(StringUtf8Coder.of(), coder)))
            .apply(
                "FirstOfEachCluster",
                new FirstOfEachKey<>(
                    coder,
                    KvCoder.of(StringUtf8Coder.of(), DoubleCoder.of()),
                    teller(texts, settings.words()),
                    first,
                    duplicates,
                    shards));
    return new Deduplicated<>(
        PCollectionList.of(joined.get(alone))
            .and(split.get(first))
            .apply("Kept", Flatten.pCollections()),
        split.get(duplicates));
  }

  private static <T> FirstOfEachKey.Teller<T, KV<String, Double>> teller(
      SerializableFunction<T, List<String>> texts, int words) {
    return first -> {
      String name = first.getKey();
      var shingles = new Shingles(words);
      long[] set = shingles.of(texts.apply(first.getValue()));
      return row -> KV.of(name, Jaccard.of(set, shingles.of(texts.apply(row))));
    };
  }

  private static final class Shingle<T> extends DoFn<T, KV<String, byte[]>> {
    private final SerializableFunction<T, String> id;
    private final SerializableFunction<T, List<String>> texts;
    private final int words;
    private transient Optional<Shingles> shingles;

    Shingle(
        SerializableFunction<T, String> id,
        SerializableFunction<T, List<String>> texts,
        int words) {
      this.id = id;
      this.texts = texts;
      this.words = words;
    }

    @Setup
    public void setUp() {
      shingles = Optional.of(new Shingles(words));
    }

    @ProcessElement
    public void read(@Element T row, OutputReceiver<KV<String, byte[]>> out) {
      long[] set = shingles.orElseThrow().of(texts.apply(row));
      if (set.length > 0) {
        out.output(KV.of(NearClusters.name(id.apply(row)), NearClusters.bytes(set)));
      }
    }
  }

  /** Puts a row, with its id, under its cluster, rank and name. */
  private static final class Order<T> extends DoFn<KV<String, T>, KV<String, KV<String, T>>> {
    private final SerializableFunction<T, String> id;
    private final SerializableFunction<T, Long> rank;

    Order(SerializableFunction<T, String> id, SerializableFunction<T, Long> rank) {
      this.id = id;
      this.rank = rank;
    }

    @ProcessElement
    public void order(
        @Element KV<String, T> clustered, OutputReceiver<KV<String, KV<String, T>>> out) {
      T row = clustered.getValue();
      String called = id.apply(row);
      // Unsigned hexadecimal of a number with its sign flipped sorts as the number does.
      String order =
          "%s %016x %s"
              .formatted(
                  clustered.getKey(), rank.apply(row) ^ Long.MIN_VALUE, NearClusters.name(called));
      out.output(KV.of(order, KV.of(called, row)));
    }
  }
}
