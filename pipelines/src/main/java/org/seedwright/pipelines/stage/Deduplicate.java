package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
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
import org.seedwright.decontaminate.dedup.ExactKey;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;

/**
 * Keeps one row of each set whose texts are equal after normalisation ({@link ExactKey}): the one
 * of the lowest rank, of these the one with the smallest id. What is kept does not depend on order,
 * shards or runner, and no set is too large: a set is streamed, never held.
 *
 * <pre>{@code
 * Deduplicate.Outputs<SeedSnippet> split =
 *     seeds.apply(
 *         "Deduplicate",
 *         Deduplicate.exact(SeedSnippet::id).comparing("code", SeedSnippet::code));
 * PCollection<SeedSnippet> unique = split.kept();
 * }</pre>
 *
 * @param <T> the row: anything with a coder and an id
 */
public final class Deduplicate<T> extends PTransform<PCollection<T>, Deduplicate.Outputs<T>> {
  /**
   * What became of every row: each is in one of the two.
   *
   * @param <T> the row
   */
  public static final class Outputs<T> extends NamedOutputs {
    private final PCollection<T> kept;
    private final PCollection<KV<String, T>> duplicates;

    private Outputs(
        TupleTag<T> keptTag,
        PCollection<T> kept,
        TupleTag<KV<String, T>> duplicatesTag,
        PCollection<KV<String, T>> duplicates) {
      super(Map.of(keptTag, kept, duplicatesTag, duplicates));
      this.kept = kept;
      this.duplicates = duplicates;
    }

    /** The rows that stay. */
    public PCollection<T> kept() {
      return kept;
    }

    /** The others, each under the id of the row that stays in its place. */
    public PCollection<KV<String, T>> duplicates() {
      return duplicates;
    }
  }

  private final SerializableFunction<T, String> id;
  private final TreeMap<String, SerializableFunction<T, Optional<String>>> texts;
  private final SerializableFunction<T, Integer> rank;
  private final Shards shards;

  private Deduplicate(
      SerializableFunction<T, String> id,
      Map<String, SerializableFunction<T, Optional<String>>> texts,
      SerializableFunction<T, Integer> rank,
      Shards shards) {
    this.id = id;
    this.texts = new TreeMap<>(texts);
    this.rank = rank;
    this.shards = shards;
  }

  /**
   * Compares whole texts, which {@link #comparing} names; at least one is needed.
   *
   * @param id names a row; not empty, and no two rows share one
   */
  public static <T> Deduplicate<T> exact(SerializableFunction<T, String> id) {
    return new Deduplicate<>(id, Map.of(), row -> 0, new Shards(Shards.DEFAULT_COUNT));
  }

  /**
   * Compares whole columns of samples and prefers the lowest round.
   *
   * @param columns of {@code instruction} and {@code response}, at least one
   */
  public static Deduplicate<Sample> samples(List<String> columns) {
    if (columns.isEmpty() || !List.of("instruction", "response").containsAll(columns)) {
      throw new IllegalArgumentException(
          "columns must be some of instruction, response, but were %s".formatted(columns));
    }
    Deduplicate<Sample> every = Deduplicate.exact(Sample::id).preferringLowest(Sample::round);
    if (columns.contains("instruction")) {
      every = every.comparing("instruction", Sample::instruction);
    }
    return columns.contains("response")
        ? every.comparingIfPresent("response", Sample::response)
        : every;
  }

  /** Compares this text too: rows are duplicates where all compared texts are equal. */
  public Deduplicate<T> comparing(String name, SerializableFunction<T, String> text) {
    return comparingIfPresent(name, row -> Optional.of(text.apply(row)));
  }

  /**
   * Compares a text that a row may lack: a row without it equals only others without it, and one
   * that lacks every compared text is nobody's duplicate.
   */
  public Deduplicate<T> comparingIfPresent(
      String name, SerializableFunction<T, Optional<String>> text) {
    var all = new TreeMap<>(texts);
    all.put(name, text);
    return new Deduplicate<>(id, all, rank, shards);
  }

  /** Of equal rows keeps one of the lowest rank, 0 and up; default: all have one rank. */
  public Deduplicate<T> preferringLowest(SerializableFunction<T, Integer> rankOfRow) {
    return new Deduplicate<>(id, texts, rankOfRow, shards);
  }

  /** Sorts in so many groups; default 16; changes no row. */
  public Deduplicate<T> withShards(Shards groups) {
    return new Deduplicate<>(id, texts, rank, groups);
  }

  @Override
  public Outputs<T> expand(PCollection<T> rows) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException(
          "Deduplicate compares nothing: name a text by comparing()");
    }
    Coder<T> coder = rows.getCoder();
    var named = KvCoder.of(StringUtf8Coder.of(), coder);
    var ordered = KvCoder.of(StringUtf8Coder.of(), named);
    var kept = new TupleTag<T>() {};
    var duplicates = new TupleTag<KV<String, T>>() {};
    PCollectionTuple split =
        rows.apply("Key", ParDo.of(new Key<>(id, texts, rank)))
            .setCoder(ordered)
            .apply(
                "FirstOfEachKey",
                SortShards.<KV<String, KV<String, T>>, KV<String, T>>of(
                    ordered,
                    shards,
                    row -> Key.key(row.getKey()),
                    KV::getKey,
                    Deduplicate::firstOfEachKey))
            .setCoder(named)
            .apply(
                "Split",
                ParDo.of(new KeptOrDuplicate<>(kept, duplicates))
                    .withOutputTags(kept, TupleTagList.of(duplicates)));
    return new Outputs<>(
        kept, split.get(kept).setCoder(coder), duplicates, split.get(duplicates).setCoder(named));
  }

  /** Emits each row under the id that is in its place, which is empty where it stays. */
  private static <T> void firstOfEachKey(
      int shard, Iterator<KV<String, KV<String, T>>> sorted, DoFn.OutputReceiver<KV<String, T>> out)
      throws IOException {
    String key = "";
    String first = "";
    while (sorted.hasNext()) {
      KV<String, KV<String, T>> row = sorted.next();
      boolean begins = !Key.key(row.getKey()).equals(key);
      if (begins) {
        key = Key.key(row.getKey());
        first = row.getValue().getKey();
      }
      out.output(KV.of(begins ? "" : first, row.getValue().getValue()));
    }
  }

  /** Puts a row, with its id, under key, rank and id, in the order of which rows are preferred. */
  private static final class Key<T> extends DoFn<T, KV<String, KV<String, T>>> {
    private static final int KEY_DIGITS = 64;

    private final SerializableFunction<T, String> id;
    private final TreeMap<String, SerializableFunction<T, Optional<String>>> texts;
    private final SerializableFunction<T, Integer> rank;

    Key(
        SerializableFunction<T, String> id,
        Map<String, SerializableFunction<T, Optional<String>>> texts,
        SerializableFunction<T, Integer> rank) {
      this.id = id;
      this.texts = new TreeMap<>(texts);
      this.rank = rank;
    }

    static String key(String order) {
      return order.substring(0, KEY_DIGITS);
    }

    @ProcessElement
    public void key(@Element T row, OutputReceiver<KV<String, KV<String, T>>> out) {
      String name = id.apply(row);
      int place = rank.apply(row);
      if (name.isEmpty() || place < 0) {
        throw new IllegalArgumentException(
            "a row needs an id and a rank of at least 0, but has '%s' and %d"
                .formatted(name, place));
      }
      var compared = new TreeMap<String, String>();
      texts.forEach(
          (column, text) -> text.apply(row).ifPresent(value -> compared.put(column, value)));
      if (compared.isEmpty()) {
        // Nothing to compare: it is nobody's duplicate.
        compared.put("id", name);
      }
      String order = "%s %010d %s".formatted(ExactKey.of(compared), place, name);
      out.output(KV.of(order, KV.of(name, row)));
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
