package org.seedwright.pipelines.experiment;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much a run may do at once.
 *
 * @param concurrency requests in flight, 1 to 4,096
 */
public record LimitsConfig(int concurrency) {

  static LimitsConfig bind(Section section) {
    return new LimitsConfig(
        section
            .key("concurrency", "Requests in flight at once, over all teachers.")
            .is(Kinds.integer(1, 4096))
            .orElse(16));
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("concurrency", concurrency);
    return keys;
  }
}
