package org.seedwright.pipelines.simulate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What the simulated teacher says to a request.
 *
 * @param about which request it is and what was made of it; nothing where no prompt is read
 * @param reply the body as JSON
 */
record Said(Optional<About> about, ObjectNode reply, long inputTokens, long outputTokens) {

  /**
   * A request that was read.
   *
   * @param outcome the fault of the reply, or {@code good}
   */
  record About(String key, PromptKind kind, String outcome) {}

  /** The body as bytes. */
  byte[] body() {
    return ReplyBody.bytes(reply);
  }

  /** The part of a log line that names the request. */
  String logged() {
    return about
        .map(
            known ->
                ",\"key\":\"%s\",\"kind\":\"%s\",\"outcome\":\"%s\""
                    .formatted(known.key(), known.kind().id(), known.outcome()))
        .orElse("");
  }
}
