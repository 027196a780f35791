package org.seedwright.pipelines.experiment;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How instructions that are not evolved are answered.
 *
 * @param again whether an instruction that came with a response is answered anew
 */
public record RespondConfig(boolean again) {

  static RespondConfig bind(Section section) {
    return new RespondConfig(
        section
            .key("again", "Whether an instruction that came with a response is answered anew.")
            .is(Kinds.flag())
            .orElse(false));
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("again", again);
    return keys;
  }
}
