package org.seedwright.pipelines.stage;

import java.util.Map;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What became of every row where only one of several stays: each is in one of the two collections.
 *
 * @param <T> the row
 * @param <K> what is told of the row that stays
 */
public final class Deduplicated<T, K> extends NamedOutputs {
  private final PCollection<T> kept;
  private final PCollection<KV<K, T>> duplicates;

  Deduplicated(PCollection<T> kept, PCollection<KV<K, T>> duplicates) {
    super(Map.of(new TupleTag<T>() {}, kept, new TupleTag<KV<K, T>>() {}, duplicates));
    this.kept = kept;
    this.duplicates = duplicates;
  }

  /** The rows that stay. */
  public PCollection<T> kept() {
    return kept;
  }

  /** The others, each under what is told of the row that stays in its place. */
  public PCollection<KV<K, T>> duplicates() {
    return duplicates;
  }
}
