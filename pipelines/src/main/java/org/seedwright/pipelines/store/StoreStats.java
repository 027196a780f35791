package org.seedwright.pipelines.store;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.seedwright.evolve.Ending;

/**
 * What a store holds.
 *
 * @param byEnding every ending, 0 where there is none
 * @param inDoubt calls in doubt ({@link InDoubt})
 */
public record StoreStats(
    long replies,
    Map<Ending, Long> byEnding,
    long inputTokens,
    long outputTokens,
    long transportFailures,
    long inDoubt) {

  public StoreStats {
    Map<Ending, Long> all = new EnumMap<>(Ending.class);
    for (Ending ending : Ending.values()) {
      all.put(ending, byEnding.getOrDefault(ending, 0L));
    }
    byEnding = Collections.unmodifiableMap(all);
  }
}
