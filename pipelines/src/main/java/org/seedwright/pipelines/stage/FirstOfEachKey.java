package org.seedwright.pipelines.stage;

import java.util.Iterator;
import java.util.Optional;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.OptionalCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;

/**
 * Keeps the first row of each key. A row comes under its key, a space and its place among those of
 * the key, and then under its id. Rows of one key are streamed, never held. Gives the rows that
 * stay, and each of the others under what is told of the row that stays in its place.
 *
 * @param <T> the row
 * @param <K> what is told
 */
final class FirstOfEachKey<T, K>
    extends PTransform<PCollection<KV<String, KV<String, T>>>, PCollectionTuple> {
  /**
   * Tells a row of the one in its place. What it knows of that one is made once for each key.
   *
   * @param <T> the row
   * @param <K> what is told
   */
  interface Teller<T, K> extends SerializableFunction<KV<String, T>, SerializableFunction<T, K>> {}

  private final Coder<T> coder;
  private final Coder<K> told;
  private final Teller<T, K> teller;
  private final TupleTag<T> kept;
  private final TupleTag<KV<K, T>> duplicates;
  private final Shards shards;

  FirstOfEachKey(
      Coder<T> coder,
      Coder<K> told,
      Teller<T, K> teller,
      TupleTag<T> kept,
      TupleTag<KV<K, T>> duplicates,
      Shards shards) {
    this.coder = coder;
    this.told = told;
    this.teller = teller;
    this.kept = kept;
    this.duplicates = duplicates;
    this.shards = shards;
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<String, KV<String, T>>> rows) {
    var ordered = KvCoder.of(StringUtf8Coder.of(), KvCoder.of(StringUtf8Coder.of(), coder));
    PCollectionTuple split =
        rows.apply(
                "Sort",
                SortShards.<KV<String, KV<String, T>>, KV<Optional<K>, T>>of(
                    ordered,
                    shards,
                    row -> key(row.getKey()),
                    KV::getKey,
                    (shard, sorted, out) -> firstOfEachKey(teller, sorted, out)))
            .setCoder(KvCoder.of(OptionalCoder.of(told), coder))
            .apply(
                "Split",
                ParDo.of(new KeptOrDuplicate<>(kept, duplicates))
                    .withOutputTags(kept, TupleTagList.of(duplicates)));
    split.get(kept).setCoder(coder);
    split.get(duplicates).setCoder(KvCoder.of(told, coder));
    return split;
  }

  private static String key(String order) {
    return order.substring(0, order.indexOf(' '));
  }

  /** Emits each row under what it is told, which is nothing where it stays. */
  private static <T, K> void firstOfEachKey(
      Teller<T, K> teller,
      Iterator<KV<String, KV<String, T>>> sorted,
      DoFn.OutputReceiver<KV<Optional<K>, T>> out) {
    String key = "";
    Optional<SerializableFunction<T, K>> ofFirst = Optional.empty();
    while (sorted.hasNext()) {
      KV<String, KV<String, T>> row = sorted.next();
      T value = row.getValue().getValue();
      if (!key(row.getKey()).equals(key)) {
        key = key(row.getKey());
        ofFirst = Optional.of(teller.apply(row.getValue()));
        out.output(KV.of(Optional.empty(), value));
      } else {
        out.output(KV.of(ofFirst.map(first -> first.apply(value)), value));
      }
    }
  }

  private static final class KeptOrDuplicate<T, K> extends DoFn<KV<Optional<K>, T>, T> {
    private final TupleTag<T> kept;
    private final TupleTag<KV<K, T>> duplicates;

    KeptOrDuplicate(TupleTag<T> kept, TupleTag<KV<K, T>> duplicates) {
      this.kept = kept;
      this.duplicates = duplicates;
    }

    @ProcessElement
    public void split(@Element KV<Optional<K>, T> row, MultiOutputReceiver out) {
      Optional<K> told = row.getKey();
      if (told.isEmpty()) {
        out.get(kept).output(row.getValue());
      } else {
        out.get(duplicates).output(KV.of(told.get(), row.getValue()));
      }
    }
  }
}
