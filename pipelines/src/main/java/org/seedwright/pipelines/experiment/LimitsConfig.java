package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much a run may do at once, and how much it may spend.
 *
 * @param concurrency requests in flight, 1 to 4,096
 * @param budgetUsd dollars that the run may spend in all, 0 to 1,000,000, at most 6 decimals; empty
 *     for no limit
 * @param budgetTokens tokens of prompts and replies that it may spend in all; empty for no limit
 */
public record LimitsConfig(
    int concurrency, Optional<BigDecimal> budgetUsd, Optional<Long> budgetTokens) {

  public LimitsConfig {
    requireNonNull(budgetUsd, "budgetUsd is null");
    requireNonNull(budgetTokens, "budgetTokens is null");
  }

  static LimitsConfig bind(Section section) {
    return new LimitsConfig(
        section
            .key("concurrency", "Requests in flight at once, over all teachers.")
            .is(Kinds.integer(1, 4096))
            .orElse(16),
        section
            .key(
                "budget-usd",
                "Dollars that the run may spend in all, over retries and reruns, at most 6 decimals;"
                    + " no limit where it is not given.")
            .is(Kinds.money(1_000_000))
            .optional(),
        section
            .key(
                "budget-tokens",
                "Tokens of prompts and replies that the run may spend in all, over retries and"
                    + " reruns; no limit where it is not given.")
            .is(Kinds.whole(0, 1_000_000_000_000_000L))
            .optional());
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("concurrency", concurrency);
    keys.put("budget-usd", budgetUsd);
    keys.put("budget-tokens", budgetTokens);
    return keys;
  }
}
