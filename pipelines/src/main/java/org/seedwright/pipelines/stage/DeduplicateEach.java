package org.seedwright.pipelines.stage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.seedwright.decontaminate.dedup.KeptTexts;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;
import org.seedwright.pipelines.table.Table;

/**
 * Keeps a row only where each of its texts is new ({@link KeptTexts}): rows are taken in the order
 * of their ranks and then of the SHA-256 of their ids, which is as good as a shuffle and the same
 * everywhere, and one stays unless a text of it is that of a row that stays before it. What is kept
 * does not depend on order, shards or runner.
 *
 * <pre>{@code
 * Deduplicated<Pair, KV<String, String>> split =
 *     pairs.apply(
 *         "DeduplicateEach",
 *         DeduplicateEach.of(Pair::id)
 *             .comparing("problem", Pair::problem)
 *             .comparing("solution", Pair::solution));
 * PCollection<Pair> unique = split.kept();
 * }</pre>
 *
 * <p>A row that does not stay comes under the name of its first text that is not new and the id of
 * the row that stays and has that text.
 *
 * <p>Whether a row stays hangs on the rows before it, so that one worker decides, one row after the
 * other. It reads no text: only those rows come to it that share a text with another, each as its
 * id and 16 bytes of digest for each such text, sorted outside its heap. It holds the digests and
 * ids of those that it keeps, at most some 400 bytes for each.
 *
 * @param <T> the row: anything with a coder and an id
 */
public final class DeduplicateEach<T>
    extends PTransform<PCollection<T>, Deduplicated<T, KV<String, String>>> {
  /**
   * Sixteen bytes of a digest: two texts of a hundred billion share them with a chance of 2^-56.
   */
  private static final int KEY_DIGITS = 32;

  private final SerializableFunction<T, String> id;
  private final LinkedHashMap<String, SerializableFunction<T, Optional<String>>> texts;
  private final SerializableFunction<T, Integer> rank;
  private final Ignoring ignoring;
  private final Shards shards;

  private DeduplicateEach(
      SerializableFunction<T, String> id,
      Map<String, SerializableFunction<T, Optional<String>>> texts,
      SerializableFunction<T, Integer> rank,
      Ignoring ignoring,
      Shards shards) {
    this.id = id;
    this.texts = new LinkedHashMap<>(texts);
    this.rank = rank;
    this.ignoring = ignoring;
    this.shards = shards;
  }

  /**
   * Compares the texts that {@link #comparing} names, without their white space; at least one is
   * needed.
   *
   * @param id names a row; not empty, and no two rows share one
   */
  public static <T> DeduplicateEach<T> of(SerializableFunction<T, String> id) {
    return new DeduplicateEach<>(
        id, Map.of(), row -> 0, Ignoring.WHITE_SPACE, new Shards(Shards.DEFAULT_COUNT));
  }

  /** Compares this text too, after those before it: the first that is not new is told. */
  public DeduplicateEach<T> comparing(String name, SerializableFunction<T, String> text) {
    return comparingIfPresent(name, row -> Optional.of(text.apply(row)));
  }

  /** Compares a text that a row may lack: what is not there is always new. */
  public DeduplicateEach<T> comparingIfPresent(
      String name, SerializableFunction<T, Optional<String>> text) {
    var all = new LinkedHashMap<>(texts);
    all.put(name, text);
    return new DeduplicateEach<>(id, all, rank, ignoring, shards);
  }

  /** Takes rows of the lowest rank first, 0 and up; default: all have one rank. */
  public DeduplicateEach<T> preferringLowest(SerializableFunction<T, Integer> rankOfRow) {
    return new DeduplicateEach<>(id, texts, rankOfRow, ignoring, shards);
  }

  /** Compares texts without this; default: white space. */
  public DeduplicateEach<T> ignoring(Ignoring ignored) {
    return new DeduplicateEach<>(id, texts, rank, ignored, shards);
  }

  /** Sorts in so many groups; default 16; changes no row. */
  public DeduplicateEach<T> withShards(Shards groups) {
    return new DeduplicateEach<>(id, texts, rank, ignoring, groups);
  }

  /**
   * A row that has a text.
   *
   * @param key of the text
   * @param order the row's place among all, ending with its name
   * @param place of the text among those that are compared
   */
  private record Holder(String id, String key, String order, int place) {}

  @Override
  public Deduplicated<T, KV<String, String>> expand(PCollection<T> rows) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException(
          "DeduplicateEach compares nothing: name a text by comparing()");
    }
    Table<Holder> holders = Table.of(Holder.class);
    var keptTag = new TupleTag<T>() {};
    var labelled = new TupleTag<KV<String, T>>() {};
    PCollectionTuple joined =
        rows.apply("Key", ParDo.of(new Key<>(id, texts, rank, ignoring)))
            .setCoder(holders.coder())
            .apply(
                "SharedTexts",
                SortShards.<Holder, Holder>of(
                    holders,
                    shards,
                    Holder::key,
                    holder -> holder.key + holder.order,
                    DeduplicateEach::shared))
            .setCoder(holders.coder())
            .apply(
                "InOrder",
                SortShards.<Holder, KV<String, String>>of(
                    holders,
                    new Shards(1),
                    holder -> "",
                    holder -> holder.order + " %04d".formatted(holder.place),
                    DeduplicateEach::decide))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
            .apply("JoinFates", new JoinLabels<>(rows, id, keptTag, labelled));
    var pair = KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of());
    return new Deduplicated<>(
        joined.get(keptTag),
        joined
            .get(labelled)
            .apply("Tell", ParDo.of(new Tell<>(List.copyOf(texts.keySet()))))
            .setCoder(KvCoder.of(pair, rows.getCoder())));
  }

  /** Emits the holders of each text that has two or more. */
  private static void shared(int shard, Iterator<Holder> sorted, DoFn.OutputReceiver<Holder> out) {
    Optional<Holder> first = Optional.empty();
    String key = "";
    while (sorted.hasNext()) {
      Holder holder = sorted.next();
      if (!holder.key.equals(key)) {
        key = holder.key;
        first = Optional.of(holder);
        continue;
      }
      first.ifPresent(out::output);
      first = Optional.empty();
      out.output(holder);
    }
  }

  /** Emits each row that does not stay, by name, with its text's place and the id of who has it. */
  private static void decide(
      int shard, Iterator<Holder> sorted, DoFn.OutputReceiver<KV<String, String>> out) {
    var kept = new KeptTexts();
    var row = new ArrayList<Holder>();
    while (sorted.hasNext()) {
      Holder holder = sorted.next();
      if (!row.isEmpty() && !row.get(0).order.equals(holder.order)) {
        decide(kept, row, out);
        row.clear();
      }
      row.add(holder);
    }
    if (!row.isEmpty()) {
      decide(kept, row, out);
    }
  }

  private static void decide(
      KeptTexts kept, List<Holder> row, DoFn.OutputReceiver<KV<String, String>> out) {
    Holder any = row.get(0);
    String name = any.order.substring(any.order.lastIndexOf(' ') + 1);
    kept.offer(any.id, row.stream().map(Holder::key).toList())
        .ifPresent(
            taken -> out.output(KV.of(name, row.get(taken.place()).place + " " + taken.id())));
  }

  private static final class Key<T> extends DoFn<T, Holder> {
    private final SerializableFunction<T, String> id;
    private final LinkedHashMap<String, SerializableFunction<T, Optional<String>>> texts;
    private final SerializableFunction<T, Integer> rank;
    private final Ignoring ignoring;

    Key(
        SerializableFunction<T, String> id,
        Map<String, SerializableFunction<T, Optional<String>>> texts,
        SerializableFunction<T, Integer> rank,
        Ignoring ignoring) {
      this.id = id;
      this.texts = new LinkedHashMap<>(texts);
      this.rank = rank;
      this.ignoring = ignoring;
    }

    @ProcessElement
    public void key(@Element T row, OutputReceiver<Holder> out) {
      String called = id.apply(row);
      int rankOfRow = rank.apply(row);
      if (rankOfRow < 0) {
        throw new IllegalArgumentException(
            "the rank of row %s must be at least 0, but was %d".formatted(called, rankOfRow));
      }
      String order = "%010d %s".formatted(rankOfRow, NearClusters.name(called));
      int place = 0;
      for (Map.Entry<String, SerializableFunction<T, Optional<String>>> text : texts.entrySet()) {
        Optional<String> value = text.getValue().apply(row);
        if (value.isPresent()) {
          String key = ExactKey.of(Map.of(text.getKey(), value.get()), ignoring);
          out.output(new Holder(called, key.substring(0, KEY_DIGITS), order, place));
        }
        place++;
      }
    }
  }

  private static final class Tell<T> extends DoFn<KV<String, T>, KV<KV<String, String>, T>> {
    private final List<String> names;

    Tell(List<String> names) {
      this.names = names;
    }

    @ProcessElement
    public void tell(@Element KV<String, T> row, OutputReceiver<KV<KV<String, String>, T>> out) {
      String[] taken = row.getKey().split(" ", 2);
      out.output(KV.of(KV.of(names.get(Integer.parseInt(taken[0])), taken[1]), row.getValue()));
    }
  }
}
