package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a teacher's tokens cost. No row depends on it.
 *
 * @param input dollars for a million tokens of prompts, 0 to 10,000, at most 6 decimals
 * @param output dollars for a million tokens of replies, 0 to 10,000, at most 6 decimals
 */
public record PriceConfig(BigDecimal input, BigDecimal output) {
  private static final int MOST = 10_000;

  public PriceConfig {
    requireNonNull(input, "input is null");
    requireNonNull(output, "output is null");
  }

  static PriceConfig bind(Section section) {
    return new PriceConfig(
        section
            .key("input", "Dollars for a million tokens of prompts, at most 6 decimals.")
            .is(Kinds.money(MOST))
            .required(),
        section
            .key(
                "output",
                "Dollars for a million tokens of replies, thinking included, at most 6 decimals.")
            .is(Kinds.money(MOST))
            .required());
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("input", input);
    keys.put("output", output);
    return keys;
  }
}
