package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import java.util.Locale;
import java.util.Optional;
import org.seedwright.evolve.Ending;
import org.seedwright.pipelines.teacher.Reading.NoReplyException;

/** Anthropic's Messages API, {@code POST /v1/messages}. It takes no seed. */
final class AnthropicDialect implements Dialect {

  @Override
  public ChatModel model(Way way, Optional<Integer> seed) {
    if (seed.isPresent()) {
      throw new IllegalArgumentException("anthropic takes no seed, but it was " + seed.get());
    }
    return AnthropicChatModel.builder()
        .httpClientBuilder(way.http())
        .baseUrl(way.baseUrl())
        .apiKey(way.secret().value())
        .modelName(NAMED_BY_EACH_REQUEST)
        .maxRetries(0)
        .logRequests(false)
        .logResponses(false)
        .build();
  }

  @Override
  public Reading read(JsonNode body) throws NoReplyException {
    if (!body.path("content").isArray()) {
      throw new NoReplyException("no content");
    }
    StringBuilder text = new StringBuilder();
    StringBuilder thinking = new StringBuilder();
    for (JsonNode block : body.path("content")) {
      switch (block.path("type").asText()) {
        case "text" -> text.append(block.path("text").asText());
        case "thinking" -> thinking.append(block.path("thinking").asText());
        case "redacted_thinking" -> {
          // Encrypted: nobody here can read it.
        }
        default -> throw new NoReplyException("content of type " + block.path("type"));
      }
    }
    JsonNode usage = body.path("usage");
    return new Reading(
        ending(body.path("stop_reason")),
        text.toString(),
        Reading.thinking(thinking.toString()),
        Reading.model(body.path("model")),
        Reading.count(usage.path("input_tokens"))
            + Reading.count(usage.path("cache_creation_input_tokens"))
            + Reading.count(usage.path("cache_read_input_tokens")),
        Reading.count(usage.path("output_tokens")));
  }

  private static Ending ending(JsonNode reason) throws NoReplyException {
    return switch (reason.asText()) {
      case "end_turn", "stop_sequence" -> Ending.STOP;
      case "max_tokens", "model_context_window_exceeded" -> Ending.LENGTH;
      case "refusal" -> Ending.REFUSAL;
      default -> throw new NoReplyException("stop_reason " + reason);
    };
  }

  /** An empty account is told by the words of a 400. */
  @Override
  public FailureKind kind(int status, String body) {
    if (status == 400 && body.toLowerCase(Locale.ROOT).contains("credit balance is too low")) {
      return FailureKind.OUT_OF_CREDIT;
    }
    return WholeReplies.kind(status, body);
  }
}
