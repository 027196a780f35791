package org.seedwright.pipelines.store;

import java.util.OptionalLong;

/**
 * What a run may spend in all: over its processes, retries and reruns on one store.
 *
 * @param tokens of prompts and replies together; empty for no limit
 * @param nanoUsd billionths of a dollar; empty for no limit
 */
public record Budget(OptionalLong tokens, OptionalLong nanoUsd) {
  /** No limit. */
  public static final Budget NONE = new Budget(OptionalLong.empty(), OptionalLong.empty());

  public Budget {
    if (tokens.orElse(0) < 0 || nanoUsd.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "a budget must be 0 or more, but was %s tokens and %s nano-dollars"
              .formatted(tokens, nanoUsd));
    }
  }

  /** Whether this much may be spent. */
  public boolean covers(Cost cost) {
    return cost.tokens() <= tokens.orElse(Long.MAX_VALUE)
        && cost.nanoUsd() <= nanoUsd.orElse(Long.MAX_VALUE);
  }
}
