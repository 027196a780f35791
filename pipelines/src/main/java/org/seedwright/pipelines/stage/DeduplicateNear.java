package org.seedwright.pipelines.stage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.decontaminate.near.Shingles;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.Shards;

/**
 * Keeps one row of each cluster of near-duplicates ({@link NearClusters}; docs/near-duplicates.md
 * says what these are): the one of the lowest rank, of these the one whose id has the smallest
 * SHA-256. What is kept does not depend on order, shards or runner, and no cluster is too large: a
 * cluster is streamed, never held.
 *
 * <pre>{@code
 * Deduplicate.Outputs<SeedSnippet> split =
 *     seeds.apply(
 *         "DeduplicateNear",
 *         DeduplicateNear.of(SeedSnippet::id, seed -> List.of(seed.code())));
 * PCollection<SeedSnippet> unique = split.kept();
 * }</pre>
 *
 * @param <T> the row: anything with a coder and an id
 */
public final class DeduplicateNear<T> extends PTransform<PCollection<T>, Deduplicate.Outputs<T>> {
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
    Deduplicate.checkColumns(columns);
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
  public Deduplicate.Outputs<T> expand(PCollection<T> rows) {
    Coder<T> coder = rows.getCoder();
    PCollection<KV<String, byte[]>> clusters =
        rows.apply("Shingle", ParDo.of(new Shingle<>(id, texts, settings.words())))
            .setCoder(NAMED)
            .apply("Cluster", new NearClusters(settings, shards))
            .apply("Label", ParDo.of(new Label()))
            .setCoder(NAMED);
    PCollection<KV<String, byte[]>> named =
        rows.apply("Name", ParDo.of(new Name<>(id, coder))).setCoder(NAMED);
    var alone = new TupleTag<T>() {};
    var clustered = new TupleTag<KV<String, KV<String, T>>>() {};
    PCollectionTuple joined =
        PCollectionList.of(named)
            .and(clusters)
            .apply("WithClusters", Flatten.pCollections())
            .apply("GroupByName", GroupByKey.create())
            .apply(
                "Join",
                ParDo.of(new Join<>(id, rank, coder, alone, clustered))
                    .withOutputTags(alone, TupleTagList.of(clustered)));
    Deduplicate.Outputs<T> split =
        joined
            .get(clustered)
            .setCoder(KvCoder.of(StringUtf8Coder.of(), KvCoder.of(StringUtf8Coder.of(), coder)))
            .apply("FirstOfEachCluster", new FirstOfEachKey<>(coder, shards));
    return split.keeping(
        PCollectionList.of(joined.get(alone).setCoder(coder))
            .and(split.kept())
            .apply("Kept", Flatten.pCollections()));
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

  /** A row, as bytes behind a mark, under its name. */
  private static final class Name<T> extends DoFn<T, KV<String, byte[]>> {
    static final byte ROW = 1;

    private final SerializableFunction<T, String> id;
    private final Coder<T> coder;

    Name(SerializableFunction<T, String> id, Coder<T> coder) {
      this.id = id;
      this.coder = coder;
    }

    @ProcessElement
    public void name(@Element T row, OutputReceiver<KV<String, byte[]>> out) throws IOException {
      String called = id.apply(row);
      if (called.isEmpty()) {
        throw new IllegalArgumentException("a row has no id");
      }
      var bytes = new ByteArrayOutputStream(512);
      bytes.write(ROW);
      coder.encode(row, bytes);
      out.output(KV.of(NearClusters.name(called), bytes.toByteArray()));
    }
  }

  /** The name of a row's cluster, behind another mark. */
  private static final class Label extends DoFn<KV<String, String>, KV<String, byte[]>> {
    static final byte CLUSTER = 0;

    @ProcessElement
    public void label(@Element KV<String, String> row, OutputReceiver<KV<String, byte[]>> out) {
      byte[] name = row.getValue().getBytes(StandardCharsets.US_ASCII);
      byte[] bytes = new byte[name.length + 1];
      bytes[0] = CLUSTER;
      System.arraycopy(name, 0, bytes, 1, name.length);
      out.output(KV.of(row.getKey(), bytes));
    }
  }

  /** Brings a row and the name of its cluster together: two values, at most, of one key. */
  private static final class Join<T> extends DoFn<KV<String, Iterable<byte[]>>, T> {
    private final SerializableFunction<T, String> id;
    private final SerializableFunction<T, Long> rank;
    private final Coder<T> coder;
    private final TupleTag<T> alone;
    private final TupleTag<KV<String, KV<String, T>>> clustered;

    Join(
        SerializableFunction<T, String> id,
        SerializableFunction<T, Long> rank,
        Coder<T> coder,
        TupleTag<T> alone,
        TupleTag<KV<String, KV<String, T>>> clustered) {
      this.id = id;
      this.rank = rank;
      this.coder = coder;
      this.alone = alone;
      this.clustered = clustered;
    }

    @ProcessElement
    public void join(@Element KV<String, Iterable<byte[]>> named, MultiOutputReceiver out)
        throws IOException {
      String cluster = "";
      Optional<byte[]> row = Optional.empty();
      for (byte[] bytes : named.getValue()) {
        if (bytes[0] == Label.CLUSTER) {
          cluster = new String(bytes, 1, bytes.length - 1, StandardCharsets.US_ASCII);
        } else if (row.isPresent()) {
          throw new IllegalArgumentException(
              "two rows have the id " + id.apply(decoded(row.get())));
        } else {
          row = Optional.of(bytes);
        }
      }
      T whole = decoded(row.orElseThrow());
      if (cluster.isEmpty()) {
        out.get(alone).output(whole);
        return;
      }
      // Unsigned hexadecimal of a number with its sign flipped sorts as the number does.
      String order =
          "%s %016x %s".formatted(cluster, rank.apply(whole) ^ Long.MIN_VALUE, named.getKey());
      out.get(clustered).output(KV.of(order, KV.of(id.apply(whole), whole)));
    }

    private T decoded(byte[] bytes) throws IOException {
      return coder.decode(new ByteArrayInputStream(bytes, 1, bytes.length - 1));
    }
  }
}
