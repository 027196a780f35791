package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.seedwright.evolve.Ending;

/**
 * What a service's reply says.
 *
 * @param thinking where the service reports it in a place of its own
 * @param servedModel empty where the service names none
 * @param inputTokens 0 where the service counts none
 * @param outputTokens thinking included; 0 where the service counts none
 */
record Reading(
    Ending ending,
    String text,
    Optional<String> thinking,
    Optional<String> servedModel,
    long inputTokens,
    long outputTokens) {

  /** The body is no reply with an ending of the model's own. */
  static final class NoReplyException extends Exception {
    NoReplyException(String what) {
      super(what, null, false, false);
    }
  }

  /** Thinking that is blank was not reported. */
  static Optional<String> thinking(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  /** The name of a model in a field of the body. */
  static Optional<String> model(JsonNode name) {
    return Optional.ofNullable(name.textValue()).filter(text -> !text.isBlank());
  }

  /** A count of tokens; 0 where the service gave none or a senseless one. */
  static long count(JsonNode tokens) {
    return Math.max(0, tokens.asLong(0));
  }
}
