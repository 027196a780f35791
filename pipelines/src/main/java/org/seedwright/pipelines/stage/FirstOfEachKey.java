package org.seedwright.pipelines.stage;

import java.util.Iterator;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;

/**
 * Keeps the first row of each key. A row comes under its key, a space and its place among those of
 * the key, and then under its id. Rows of one key are streamed, never held.
 *
 * @param <T> the row
 */
final class FirstOfEachKey<T>
    extends PTransform<PCollection<KV<String, KV<String, T>>>, Deduplicate.Outputs<T>> {
  private final Coder<T> coder;
  private final Shards shards;

  FirstOfEachKey(Coder<T> coder, Shards shards) {
    this.coder = coder;
    this.shards = shards;
  }

  @Override
  public Deduplicate.Outputs<T> expand(PCollection<KV<String, KV<String, T>>> rows) {
    var named = KvCoder.of(StringUtf8Coder.of(), coder);
    var ordered = KvCoder.of(StringUtf8Coder.of(), named);
    var kept = new TupleTag<T>() {};
    var duplicates = new TupleTag<KV<String, T>>() {};
    PCollectionTuple split =
        rows.apply(
                "Sort",
                SortShards.<KV<String, KV<String, T>>, KV<String, T>>of(
                    ordered,
                    shards,
                    row -> key(row.getKey()),
                    KV::getKey,
                    FirstOfEachKey::firstOfEachKey))
            .setCoder(named)
            .apply(
                "Split",
                ParDo.of(new KeptOrDuplicate<>(kept, duplicates))
                    .withOutputTags(kept, TupleTagList.of(duplicates)));
    return new Deduplicate.Outputs<>(
        kept, split.get(kept).setCoder(coder), duplicates, split.get(duplicates).setCoder(named));
  }

  private static String key(String order) {
    return order.substring(0, order.indexOf(' '));
  }

  /** Emits each row under the id that is in its place, which is empty where it stays. */
  private static <T> void firstOfEachKey(
      int shard,
      Iterator<KV<String, KV<String, T>>> sorted,
      DoFn.OutputReceiver<KV<String, T>> out) {
    String key = "";
    String first = "";
    while (sorted.hasNext()) {
      KV<String, KV<String, T>> row = sorted.next();
      boolean begins = !key(row.getKey()).equals(key);
      if (begins) {
        key = key(row.getKey());
        first = row.getValue().getKey();
      }
      out.output(KV.of(begins ? "" : first, row.getValue().getValue()));
    }
  }

  private static final class KeptOrDuplicate<T> extends DoFn<KV<String, T>, T> {
    private final TupleTag<T> kept;
    private final TupleTag<KV<String, T>> duplicates;

    KeptOrDuplicate(TupleTag<T> kept, TupleTag<KV<String, T>> duplicates) {
      this.kept = kept;
      this.duplicates = duplicates;
    }

    @ProcessElement
    public void split(@Element KV<String, T> row, MultiOutputReceiver out) {
      if (row.getKey().isEmpty()) {
        out.get(kept).output(row.getValue());
      } else {
        out.get(duplicates).output(row);
      }
    }
  }
}
