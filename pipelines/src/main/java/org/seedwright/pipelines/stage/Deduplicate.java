package org.seedwright.pipelines.stage;

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
import org.seedwright.decontaminate.dedup.ExactKey;
import org.seedwright.decontaminate.dedup.Ignoring;
import org.seedwright.pipelines.table.Shards;

/**
 * Keeps one row of each set whose texts are equal after normalisation ({@link Ignoring}): the one
 * of the lowest rank, of these the one with the smallest id. What is kept does not depend on order,
 * shards or runner, and no set is too large: a set is streamed, never held. A row that does not
 * stay comes under the id of the one that does.
 *
 * <pre>{@code
 * Deduplicated<SeedSnippet, String> split =
 *     seeds.apply(
 *         "Deduplicate",
 *         Deduplicate.exact(SeedSnippet::id).comparing("code", SeedSnippet::code));
 * PCollection<SeedSnippet> unique = split.kept();
 * }</pre>
 *
 * @param <T> the row: anything with a coder and an id
 */
public final class Deduplicate<T> extends PTransform<PCollection<T>, Deduplicated<T, String>> {
  private final SerializableFunction<T, String> id;
  private final TreeMap<String, SerializableFunction<T, Optional<String>>> texts;
  private final SerializableFunction<T, Integer> rank;
  private final Ignoring ignoring;
  private final Shards shards;

  private Deduplicate(
      SerializableFunction<T, String> id,
      Map<String, SerializableFunction<T, Optional<String>>> texts,
      SerializableFunction<T, Integer> rank,
      Ignoring ignoring,
      Shards shards) {
    this.id = id;
    this.texts = new TreeMap<>(texts);
    this.rank = rank;
    this.ignoring = ignoring;
    this.shards = shards;
  }

  /**
   * Compares whole texts, which {@link #comparing} names; at least one is needed.
   *
   * @param id names a row; not empty, and no two rows share one
   */
  public static <T> Deduplicate<T> exact(SerializableFunction<T, String> id) {
    return new Deduplicate<>(
        id, Map.of(), row -> 0, Ignoring.WHITE_SPACE_AND_CASE, new Shards(Shards.DEFAULT_COUNT));
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
    return new Deduplicate<>(id, all, rank, ignoring, shards);
  }

  /** Of equal rows keeps one of the lowest rank, 0 and up; default: all have one rank. */
  public Deduplicate<T> preferringLowest(SerializableFunction<T, Integer> rankOfRow) {
    return new Deduplicate<>(id, texts, rankOfRow, ignoring, shards);
  }

  /** Compares texts without this; default: white space and case. */
  public Deduplicate<T> ignoring(Ignoring ignored) {
    return new Deduplicate<>(id, texts, rank, ignored, shards);
  }

  /** Sorts in so many groups; default 16; changes no row. */
  public Deduplicate<T> withShards(Shards groups) {
    return new Deduplicate<>(id, texts, rank, ignoring, groups);
  }

  @Override
  public Deduplicated<T, String> expand(PCollection<T> rows) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException(
          "Deduplicate compares nothing: name a text by comparing()");
    }
    Coder<T> coder = rows.getCoder();
    var kept = new TupleTag<T>() {};
    var duplicates = new TupleTag<KV<String, T>>() {};
    PCollectionTuple split =
        rows.apply("Key", ParDo.of(new Key<>(id, texts, rank, ignoring)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), KvCoder.of(StringUtf8Coder.of(), coder)))
            .apply(
                "FirstOfEachKey",
                new FirstOfEachKey<>(
                    coder, StringUtf8Coder.of(), Deduplicate::idOfFirst, kept, duplicates, shards));
    return new Deduplicated<>(split.get(kept), split.get(duplicates));
  }

  private static <T> SerializableFunction<T, String> idOfFirst(KV<String, T> first) {
    String name = first.getKey();
    return row -> name;
  }

  /** Puts a row, with its id, under key, rank and id, in the order of which rows are preferred. */
  private static final class Key<T> extends DoFn<T, KV<String, KV<String, T>>> {
    private final SerializableFunction<T, String> id;
    private final TreeMap<String, SerializableFunction<T, Optional<String>>> texts;
    private final SerializableFunction<T, Integer> rank;
    private final Ignoring ignoring;

    Key(
        SerializableFunction<T, String> id,
        Map<String, SerializableFunction<T, Optional<String>>> texts,
        SerializableFunction<T, Integer> rank,
        Ignoring ignoring) {
      this.id = id;
      this.texts = new TreeMap<>(texts);
      this.rank = rank;
      this.ignoring = ignoring;
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
      String order = "%s %010d %s".formatted(ExactKey.of(compared, ignoring), place, name);
      out.output(KV.of(order, KV.of(name, row)));
    }
  }
}
