package org.seedwright.pipelines.table;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a table is cut into files: a row belongs to the shard that the SHA-256 of its id falls on.
 * Tables of one id and one shard count are therefore joined shard by shard, without a shuffle.
 *
 * @param count 1 to 4096; part of the data set's identity, never derived from parallelism
 */
public record Shards(int count) implements Serializable {
  /** Shards that an experiment has when it names no number. */
  public static final int DEFAULT_COUNT = 16;

  public Shards {
    if (count < 1 || count > 4096) {
      throw new IllegalArgumentException("shards must be 1 to 4096, but was %d".formatted(count));
    }
  }

  /** Returns the shard of an id, 0 to count - 1. */
  public int of(String id) {
    long prefix = ByteBuffer.wrap(CanonicalJson.sha256(id)).getLong();
    return (int) Long.remainderUnsigned(prefix, count);
  }

  /** Returns the file name of a shard, {@code part-00003-of-00016.parquet}. */
  public String part(int shard) {
    // Without a locale of its own a file would be called part-٠٠٠٠٣ where digits are Arabic.
    return String.format(Locale.ROOT, "part-%05d-of-%05d.parquet", shard, count);
  }

  /** Returns every shard's number. */
  public List<Integer> numbers() {
    var numbers = new ArrayList<Integer>();
    for (int shard = 0; shard < count; shard++) {
      numbers.add(shard);
    }
    return numbers;
  }
}
