package org.seedwright.pipelines.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.TeacherRequest;

/** Reads the prompt and makes up a reply that suits it, a function of the request alone. */
final class Improvising implements Teaching {
  /** What OpenAI's servers allow when a request names no cap. */
  private static final int DEFAULT_CAP = 4096;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PromptReader prompts = new PromptReader();
  private final SimulatorOptions options;

  Improvising(SimulatorOptions options) {
    this.options = options;
  }

  @Override
  public Said reply(byte[] bytes) throws RefusedCallException {
    try {
      JsonNode body = JSON.readTree(bytes);
      if (body == null || !body.isObject()) {
        throw RefusedCallException.noRequest("the request is no JSON object");
      }
      String model = body.path("model").asText();
      if (!model.startsWith(SimulatedTeacher.MODEL_PREFIX)) {
        throw RefusedCallException.unknownModel(model);
      }
      return reply(request(body), cap(body));
    } catch (IOException | IllegalArgumentException e) {
      throw RefusedCallException.noRequest(String.valueOf(e.getMessage()));
    }
  }

  private Said reply(TeacherRequest request, int cap) {
    String key = request.key();
    Plan plan = Plan.of(key, prompts.read(request.messages()), options);
    long input = request.messages().stream().mapToLong(m -> ReplyBody.tokens(m.content())).sum();
    String outcome = plan.fault().map(Fault::id).orElse("good");
    return ReplyBody.of("chatcmpl-" + key.substring(0, 24), request.model(), plan, cap)
        .said(Optional.of(new Said.About(key, plan.prompt().kind(), outcome)), input);
  }

  private static int cap(JsonNode body) {
    int cap =
        number(body, "max_tokens")
            .or(() -> number(body, "max_completion_tokens"))
            .map(JsonNode::intValue)
            .orElse(DEFAULT_CAP);
    if (cap < 1) {
      throw new IllegalArgumentException("max_tokens must be 1 or more, but was " + cap);
    }
    return cap;
  }

  /** The request as its sender knows it, so that both know it by the same key. */
  private static TeacherRequest request(JsonNode body) {
    var messages = new ArrayList<Message>();
    for (JsonNode message : body.path("messages")) {
      messages.add(
          new Message(
              Role.valueOf(message.path("role").asText().toUpperCase(Locale.ROOT)),
              message.path("content").asText()));
    }
    var stop = new ArrayList<String>();
    body.path("stop").forEach(text -> stop.add(text.asText()));
    return TeacherRequest.of(
        body.path("model").asText(),
        messages,
        new Decoding(
            number(body, "temperature").map(JsonNode::doubleValue),
            number(body, "top_p").map(JsonNode::doubleValue),
            number(body, "seed").map(JsonNode::longValue),
            stop));
  }

  private static Optional<JsonNode> number(JsonNode body, String field) {
    return Optional.ofNullable(body.get(field)).filter(JsonNode::isNumber);
  }
}
