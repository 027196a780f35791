package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import java.util.Map;
import java.util.Optional;
import org.seedwright.evolve.Ending;
import org.seedwright.pipelines.teacher.Reading.NoReplyException;

/**
 * Ollama's own API, {@code POST /api/chat}. Its servers want no key; one behind a gateway may, and
 * gets it as a bearer token.
 */
final class OllamaDialect implements Dialect {

  @Override
  public ChatModel model(Way way, Optional<Integer> seed) {
    var builder =
        OllamaChatModel.builder()
            .httpClientBuilder(way.http())
            .baseUrl(way.baseUrl())
            .modelName(NAMED_BY_EACH_REQUEST)
            .logRequests(false)
            .logResponses(false);
    if (way.secret().present()) {
      builder.customHeaders(Map.of("Authorization", "Bearer " + way.secret().value()));
    }
    seed.ifPresent(builder::seed);
    return builder.maxRetries(0).build();
  }

  @Override
  public Reading read(JsonNode body) throws NoReplyException {
    JsonNode message = body.path("message");
    if (!message.path("content").isTextual() || !body.path("done").asBoolean()) {
      throw new NoReplyException("no whole message");
    }
    return new Reading(
        ending(body.path("done_reason")),
        message.path("content").asText(),
        Reading.thinking(message.path("thinking").asText()),
        Reading.model(body.path("model")),
        Reading.count(body.path("prompt_eval_count")),
        Reading.count(body.path("eval_count")));
  }

  private static Ending ending(JsonNode reason) throws NoReplyException {
    return switch (reason.asText()) {
      case "stop" -> Ending.STOP;
      case "length" -> Ending.LENGTH;
      default -> throw new NoReplyException("done_reason " + reason);
    };
  }
}
