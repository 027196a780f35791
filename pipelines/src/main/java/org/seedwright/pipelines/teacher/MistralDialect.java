package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import java.util.Optional;
import org.seedwright.evolve.Ending;
import org.seedwright.pipelines.teacher.Reading.NoReplyException;

/** Mistral's API, {@code POST /v1/chat/completions}. */
final class MistralDialect implements Dialect {

  @Override
  public ChatModel model(Way way, Optional<Integer> seed) {
    var builder =
        MistralAiChatModel.builder()
            .httpClientBuilder(way.http())
            .baseUrl(way.baseUrl())
            .apiKey(way.secret().value())
            .modelName(NAMED_BY_EACH_REQUEST)
            .maxRetries(0)
            .logRequests(false)
            .logResponses(false);
    seed.ifPresent(builder::randomSeed);
    return builder.build();
  }

  @Override
  public Reading read(JsonNode body) throws NoReplyException {
    JsonNode choice = body.path("choices").path(0);
    if (!choice.path("message").isObject()) {
      throw new NoReplyException("no message");
    }
    JsonNode content = choice.path("message").path("content");
    StringBuilder text = new StringBuilder(content.isTextual() ? content.asText() : "");
    StringBuilder thinking = new StringBuilder();
    if (content.isArray()) {
      // Reasoning models answer in chunks.
      for (JsonNode chunk : content) {
        switch (chunk.path("type").asText()) {
          case "text" -> text.append(chunk.path("text").asText());
          case "thinking" ->
              chunk.path("thinking").forEach(part -> thinking.append(part.path("text").asText()));
          default -> throw new NoReplyException("content of type " + chunk.path("type"));
        }
      }
    }
    JsonNode usage = body.path("usage");
    return new Reading(
        ending(choice.path("finish_reason")),
        text.toString(),
        Reading.thinking(thinking.toString()),
        Reading.model(body.path("model")),
        Reading.count(usage.path("prompt_tokens")),
        Reading.count(usage.path("completion_tokens")));
  }

  private static Ending ending(JsonNode reason) throws NoReplyException {
    return switch (reason.asText()) {
      case "stop" -> Ending.STOP;
      case "length", "model_length" -> Ending.LENGTH;
      case "content_filter" -> Ending.CONTENT_FILTER;
      default -> throw new NoReplyException("finish_reason " + reason);
    };
  }
}
