package org.seedwright.pipelines.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Outcome.GroupOutcome;
import org.seedwright.evaluate.execution.Outcome.Measurement;
import org.seedwright.evaluate.execution.Verdict;
import org.seedwright.pipelines.table.CanonicalJson;

/** The part of an outcome that can reach a row, without what was measured, as canonical JSON. */
final class JudgedJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** An outcome without what was measured. */
  record Judged(Verdict verdict, List<GroupOutcome> groups, String reason) {
    static Judged of(Outcome outcome) {
      return new Judged(outcome.verdict(), outcome.groups(), outcome.reason());
    }
  }

  private JudgedJson() {}

  static String text(Outcome outcome) {
    return CanonicalJson.text(Judged.of(outcome));
  }

  /**
   * The outcome that {@link #object} read.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Outcome outcome(JsonNode node, Measurement measurement) {
    List<GroupOutcome> groups = new ArrayList<>();
    for (JsonNode group : required(node, "groups")) {
      groups.add(
          new GroupOutcome(
              string(group, "group"),
              Verdict.of(string(group, "verdict")),
              string(group, "tests"),
              string(group, "status")));
    }
    return new Outcome(
        Verdict.of(string(node, "verdict")), groups, string(node, "reason"), measurement);
  }

  static JsonNode object(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  static String string(JsonNode node, String key) {
    JsonNode value = required(node, key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("%s is no text".formatted(key));
    }
    return value.textValue();
  }

  static JsonNode required(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new IllegalArgumentException("%s is missing".formatted(key));
    }
    return value;
  }
}
