package org.seedwright.pipelines.stage;

import java.util.List;
import org.seedwright.evolve.instruct.Sample;

/**
 * A sample that goes on to the next round: a child that was accepted, or else its parent.
 *
 * @param id of the sample
 * @param sample to be evolved
 * @param tried ids of the heuristics whose child was not accepted, in their order; a parent draws
 *     one that it has not tried until all were tried
 */
public record PoolEntry(String id, Sample sample, List<String> tried) {
  /** The table that the pool is in. */
  public static final String TABLE = "pool";

  public PoolEntry {
    tried = List.copyOf(tried);
  }
}
