package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much a run may do at once, and how much it may spend; nothing of it changes a row.
 *
 * @param concurrency requests in flight, 1 to 4,096
 * @param requestsPerMinute most requests sent to a teacher in any minute, 1 to 1,000,000
 * @param tokensPerMinute most tokens of prompts and replies in any minute, 1 to 10^12
 * @param giveUpAfterSeconds how long a teacher may be down, 1 to 86,400
 * @param budgetUsd dollars that the run may spend in all, 0 to 1,000,000, at most 6 decimals; empty
 *     for no limit
 * @param budgetTokens tokens of prompts and replies that it may spend in all; empty for no limit
 */
public record LimitsConfig(
    int concurrency,
    Optional<Integer> requestsPerMinute,
    Optional<Long> tokensPerMinute,
    int giveUpAfterSeconds,
    Optional<BigDecimal> budgetUsd,
    Optional<Long> budgetTokens) {
  private static final int GIVE_UP_AFTER_SECONDS = 180;

  public LimitsConfig {
    requireNonNull(requestsPerMinute, "requestsPerMinute is null");
    requireNonNull(tokensPerMinute, "tokensPerMinute is null");
    requireNonNull(budgetUsd, "budgetUsd is null");
    requireNonNull(budgetTokens, "budgetTokens is null");
  }

  /** Bounds the requests in flight only. */
  public LimitsConfig(int concurrency) {
    this(
        concurrency,
        Optional.empty(),
        Optional.empty(),
        GIVE_UP_AFTER_SECONDS,
        Optional.empty(),
        Optional.empty());
  }

  static LimitsConfig bind(Section section) {
    return new LimitsConfig(
        section
            .key("concurrency", "Requests in flight at once, over all teachers.")
            .is(Kinds.integer(1, 4096))
            .orElse(16),
        section
            .key("requests-per-minute", "Most requests sent to a teacher in any minute.")
            .is(Kinds.integer(1, 1_000_000))
            .optional(),
        section
            .key(
                "tokens-per-minute",
                "Most tokens of prompts and replies that the requests of any minute may cost.")
            .is(Kinds.whole(1, 1_000_000_000_000L))
            .optional(),
        section
            .key(
                "give-up-after-seconds",
                "How long a teacher may be down before the run stops, resumable.")
            .is(Kinds.integer(1, 86_400))
            .orElse(GIVE_UP_AFTER_SECONDS),
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
    requestsPerMinute.ifPresent(most -> keys.put("requests-per-minute", most));
    tokensPerMinute.ifPresent(most -> keys.put("tokens-per-minute", most));
    keys.put("give-up-after-seconds", giveUpAfterSeconds);
    keys.put("budget-usd", budgetUsd);
    keys.put("budget-tokens", budgetTokens);
    return keys;
  }
}
