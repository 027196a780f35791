package org.seedwright.pipelines.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The JSON of a chat completion. Tokens are characters divided by four, rounded up. */
final class ReplyBody {
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode reply = JSON.createObjectNode();
  private final ObjectNode message;
  private final long output;

  private ReplyBody(String id, String model, long output, String finish) {
    this.output = output;
    reply.put("id", id).put("object", "chat.completion").put("created", 0).put("model", model);
    reply.put("system_fingerprint", SimulatedTeacher.FINGERPRINT);
    ObjectNode choice = reply.putArray("choices").addObject().put("index", 0);
    message = choice.putObject("message").put("role", "assistant");
    choice.put("finish_reason", finish);
  }

  /** A text that ended by itself. */
  static ReplyBody of(String id, String model, String text) {
    var body = new ReplyBody(id, model, tokens(text), "stop");
    body.message.put("content", text);
    return body;
  }

  /** What a plan comes to under a cap of so many tokens. */
  static ReplyBody of(String id, String model, Plan plan, int cap) {
    String text = plan.text();
    boolean endless = plan.fault().equals(Optional.of(Fault.TRUNCATION));
    boolean cut = endless || tokens(text) > cap;
    if (cut) {
      // Long-winded: whatever the cap, this model would go on beyond it.
      int most = endless ? text.length() / 2 : text.length();
      text = text.substring(0, Math.min(most, characters(cap)));
    }
    if (plan.fault().equals(Optional.of(Fault.CONTENT_FILTER))) {
      var filtered = new ReplyBody(id, model, 0, "content_filter");
      filtered.message.put("content", "");
      return filtered;
    }
    var body = new ReplyBody(id, model, cut ? cap : tokens(text), cut ? "length" : "stop");
    if (plan.fault().equals(Optional.of(Fault.REFUSAL))) {
      body.message.putNull("content").put("refusal", text);
    } else {
      body.message.put("content", text);
    }
    return body;
  }

  Said said(Optional<Said.About> about, long input) {
    reply
        .putObject("usage")
        .put("prompt_tokens", input)
        .put("completion_tokens", output)
        .put("total_tokens", input + output);
    return new Said(about, reply, input, output);
  }

  static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON cannot be written", e);
    }
  }

  /** The body of an error in the protocol's form. */
  static byte[] error(String code, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", "invalid_request_error")
        .put("code", code);
    return bytes(body);
  }

  static long tokens(String text) {
    return (text.length() + CHARACTERS_PER_TOKEN - 1L) / CHARACTERS_PER_TOKEN;
  }

  private static int characters(int tokens) {
    return (int) Math.min(Integer.MAX_VALUE, (long) tokens * CHARACTERS_PER_TOKEN);
  }
}
