package org.seedwright.pipelines.workspace;

import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger of one stage: every unit (file, draw, request or row) that came in has one fate.
 *
 * @param attempted units that came in, counted at the input
 * @param out units that became rows
 * @param rejected units by the reason that they were rejected for
 * @param failed units that the machine failed; a stage with such units writes no manifest
 * @param notSelected units that a selection left aside
 */
public record Units(
    long attempted, long out, Map<String, Long> rejected, long failed, long notSelected) {
  public Units {
    rejected = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
  }

  public long rejectedInAll() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Checks that the ledger balances.
   *
   * @throws IllegalStateException if attempted is not out + rejected + failed + not selected
   */
  public void check(String stage) {
    long fates = out + rejectedInAll() + failed + notSelected;
    if (attempted != fates) {
      throw new IllegalStateException(
          "%s: %d units came in, but %d have a fate: out %d, rejected %s, failed %d, not selected %d"
              .formatted(stage, attempted, fates, out, rejected, failed, notSelected));
    }
  }
}
