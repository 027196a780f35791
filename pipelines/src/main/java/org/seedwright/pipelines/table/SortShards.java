package org.seedwright.pipelines.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Brings rows together by shard and hands each shard, sorted, to one visitor. Every shard is
 * visited, an empty one too. The rows of a shard are streamed: neither a giant group nor a giant
 * shard is held in memory ({@link ShardSorter}).
 *
 * @param <T> the row
 * @param <O> what the visitor emits
 */
public final class SortShards<T, O> extends PTransform<PCollection<T>, PCollection<O>> {
  /** Reads one sorted shard. */
  @FunctionalInterface
  public interface Visitor<T, O> extends Serializable {
    /** Reads the rows of a shard in their order and emits what follows from them. */
    void visit(int shard, Iterator<T> rows, DoFn.OutputReceiver<O> out) throws IOException;
  }

  private final Coder<T> coder;
  private final Shards shards;
  private final SerializableFunction<T, String> shardKey;
  private final SerializableFunction<T, String> sortKey;
  private final Visitor<T, O> visitor;

  private SortShards(
      Coder<T> coder,
      Shards shards,
      SerializableFunction<T, String> shardKey,
      SerializableFunction<T, String> sortKey,
      Visitor<T, O> visitor) {
    this.coder = coder;
    this.shards = shards;
    this.shardKey = shardKey;
    this.sortKey = sortKey;
    this.visitor = visitor;
  }

  /**
   * Returns the transform.
   *
   * @param shardKey rows of one value come to one visit
   * @param sortKey the order inside a shard, as UTF-8 bytes; rows of one value come in the order of
   *     the digests of their bytes
   */
  public static <T extends Record, O> SortShards<T, O> of(
      Table<T> table,
      Shards shards,
      SerializableFunction<T, String> shardKey,
      SerializableFunction<T, String> sortKey,
      Visitor<T, O> visitor) {
    return of(table.coder(), shards, shardKey, sortKey, visitor);
  }

  /**
   * Returns the transform for rows that are no table's.
   *
   * @param coder of the rows; equal rows must have equal bytes for the order of equal sort keys
   * @param shardKey rows of one value come to one visit
   * @param sortKey the order inside a shard, as above
   */
  public static <T, O> SortShards<T, O> of(
      Coder<T> coder,
      Shards shards,
      SerializableFunction<T, String> shardKey,
      SerializableFunction<T, String> sortKey,
      Visitor<T, O> visitor) {
    return new SortShards<>(coder, shards, shardKey, sortKey, visitor);
  }

  @Override
  public PCollection<O> expand(PCollection<T> rows) {
    var keyedCoder = KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of());
    PCollection<KV<Integer, byte[]>> keyed =
        rows.apply("KeyByShard", ParDo.of(new KeyByShard())).setCoder(keyedCoder);
    // An empty array is no row: it only makes sure that the shard is visited.
    PCollection<KV<Integer, byte[]>> every =
        rows.getPipeline()
            .apply(
                "EveryShard",
                Create.of(shards.numbers().stream().map(n -> KV.of(n, new byte[0])).toList())
                    .withCoder(keyedCoder));
    return PCollectionList.of(keyed)
        .and(every)
        .apply("WithEmptyShards", Flatten.pCollections())
        .apply("GroupByShard", GroupByKey.create())
        .apply("VisitSorted", ParDo.of(new VisitSorted()));
  }

  private final class KeyByShard extends DoFn<T, KV<Integer, byte[]>> {
    @ProcessElement
    public void key(@Element T row, OutputReceiver<KV<Integer, byte[]>> out) {
      out.output(KV.of(shards.of(shardKey.apply(row)), encode(row)));
    }
  }

  private final class VisitSorted extends DoFn<KV<Integer, Iterable<byte[]>>, O> {
    @ProcessElement
    public void visit(@Element KV<Integer, Iterable<byte[]>> shard, OutputReceiver<O> out)
        throws IOException {
      try (var sorter = new ShardSorter(ShardSorter.DEFAULT_LIMIT)) {
        for (byte[] bytes : shard.getValue()) {
          if (bytes.length > 0) {
            sorter.add(keyOf(bytes), bytes);
          }
        }
        Iterator<ShardSorter.Pair> sorted = sorter.sorted();
        visitor.visit(shard.getKey(), decoded(sorted), out);
      }
    }

    /** The sort key and then the row's digest, so that the order of equal keys is fixed too. */
    private byte[] keyOf(byte[] bytes) throws IOException {
      byte[] key = sortKey.apply(decode(bytes)).getBytes(StandardCharsets.UTF_8);
      var whole = new ByteArrayOutputStream(key.length + 34);
      for (byte b : key) {
        whole.write(b);
        // Two zeros end a key, so a zero inside it must look larger than its end.
        if (b == 0) {
          whole.write(0xff);
        }
      }
      whole.write(0);
      whole.write(0);
      whole.write(CanonicalJson.sha256(bytes));
      return whole.toByteArray();
    }
  }

  private Iterator<T> decoded(Iterator<ShardSorter.Pair> pairs) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pairs.hasNext();
      }

      @Override
      public T next() {
        return decode(pairs.next().row());
      }
    };
  }

  private byte[] encode(T row) {
    try {
      var bytes = new ByteArrayOutputStream(512);
      coder.encode(row, bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private T decode(byte[] bytes) {
    try {
      return coder.decode(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
