package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.decontaminate.Reason;
import org.seedwright.decontaminate.dedup.ExactKey;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;
import org.seedwright.pipelines.table.Table;

/**
 * Keeps one sample of each set whose named columns are equal after normalisation ({@link
 * ExactKey}): the one of the lowest round, of these the one with the smallest id. What is kept does
 * not depend on order, shards or runner, and no set is too large: a set is streamed, never held.
 */
public final class Deduplicate extends PTransform<PCollection<Sample>, PCollectionTuple> {
  /** The samples that stay. */
  public static final TupleTag<Sample> KEPT = new TupleTag<>() {};

  /** The others; the evidence is the id of the sample that stays in their place. */
  public static final TupleTag<Rejection> REJECTED = new TupleTag<>() {};

  private final List<String> columns;
  private final Shards shards;

  private Deduplicate(List<String> columns, Shards shards) {
    this.columns = List.copyOf(columns);
    this.shards = shards;
  }

  /**
   * Compares whole columns.
   *
   * @param columns of {@code instruction} and {@code response}, at least one
   * @param shards how many groups of keys there are; changes no row
   */
  public static Deduplicate exact(List<String> columns, Shards shards) {
    if (columns.isEmpty() || !List.of("instruction", "response").containsAll(columns)) {
      throw new IllegalArgumentException(
          "columns must be some of instruction, response, but were %s".formatted(columns));
    }
    return new Deduplicate(columns, shards);
  }

  /** A sample under its key. */
  private record Keyed(String id, String key, int round, Sample sample) {}

  /** What became of a sample: the id in its place is empty where it stays. */
  private record Fate(String id, Sample sample, String keptInstead) {}

  @Override
  public PCollectionTuple expand(PCollection<Sample> samples) {
    return samples
        .apply("Key", ParDo.of(new Key(columns)))
        .setCoder(Table.of(Keyed.class).coder())
        .apply(
            "FirstOfEachKey",
            SortShards.of(
                Table.of(Keyed.class),
                shards,
                Keyed::key,
                keyed -> "%s %010d %s".formatted(keyed.key, keyed.round, keyed.id),
                Deduplicate::firstOfEachKey))
        .setCoder(Table.of(Fate.class).coder())
        .apply("Split", ParDo.of(new Split()).withOutputTags(KEPT, TupleTagList.of(REJECTED)));
  }

  private static void firstOfEachKey(
      int shard, Iterator<Keyed> sorted, DoFn.OutputReceiver<Fate> out) throws IOException {
    String key = "";
    String first = "";
    while (sorted.hasNext()) {
      Keyed keyed = sorted.next();
      boolean begins = !keyed.key.equals(key);
      if (begins) {
        key = keyed.key;
        first = keyed.id;
      }
      out.output(new Fate(keyed.id, keyed.sample, begins ? "" : first));
    }
  }

  private static final class Key extends DoFn<Sample, Keyed> {
    private final List<String> columns;

    Key(List<String> columns) {
      this.columns = columns;
    }

    @ProcessElement
    public void key(@Element Sample sample, OutputReceiver<Keyed> out) {
      var texts = new TreeMap<String, String>();
      if (columns.contains("instruction")) {
        texts.put("instruction", sample.instruction());
      }
      if (columns.contains("response")) {
        sample.response().ifPresent(text -> texts.put("response", text));
      }
      if (texts.isEmpty()) {
        // Nothing to compare: it is nobody's duplicate.
        texts.put("id", sample.id());
      }
      out.output(new Keyed(sample.id(), ExactKey.of(texts), sample.round(), sample));
    }
  }

  private static final class Split extends DoFn<Fate, Sample> {
    @ProcessElement
    public void split(@Element Fate fate, MultiOutputReceiver out) {
      if (fate.keptInstead.isEmpty()) {
        out.get(KEPT).output(fate.sample);
      } else {
        out.get(REJECTED)
            .output(Rejection.ofSample(fate.sample, Reason.DUPLICATE.id(), fate.keptInstead));
      }
    }
  }
}
