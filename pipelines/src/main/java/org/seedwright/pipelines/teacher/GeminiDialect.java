package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seedwright.evolve.Ending;
import org.seedwright.pipelines.teacher.Reading.NoReplyException;

/** Google's Gemini API, {@code POST /v1beta/models/MODEL:generateContent}. */
final class GeminiDialect implements Dialect {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How Google writes a duration in JSON. */
  private static final Pattern SECONDS = Pattern.compile("([0-9]{1,9})(\\.[0-9]{1,9})?s");

  @Override
  public ChatModel model(Way way, Optional<Integer> seed) {
    var builder =
        GoogleAiGeminiChatModel.builder()
            .httpClientBuilder(way.http())
            .baseUrl(way.baseUrl())
            .apiKey(way.secret().value())
            .modelName(NAMED_BY_EACH_REQUEST)
            .logRequests(false)
            .logResponses(false);
    seed.ifPresent(builder::seed);
    return builder.maxRetries(0).build();
  }

  @Override
  public Reading read(JsonNode body) throws NoReplyException {
    JsonNode candidate = body.path("candidates").path(0);
    StringBuilder text = new StringBuilder();
    StringBuilder thinking = new StringBuilder();
    for (JsonNode part : candidate.path("content").path("parts")) {
      if (!part.path("text").isTextual() && !part.has("thoughtSignature")) {
        throw new NoReplyException("a part without text");
      }
      (part.path("thought").asBoolean() ? thinking : text).append(part.path("text").asText());
    }
    JsonNode usage = body.path("usageMetadata");
    return new Reading(
        ending(body, candidate),
        text.toString(),
        Reading.thinking(thinking.toString()),
        Reading.model(body.path("modelVersion")),
        Reading.count(usage.path("promptTokenCount")),
        // Thinking is billed as output and counted apart.
        Reading.count(usage.path("candidatesTokenCount"))
            + Reading.count(usage.path("thoughtsTokenCount")));
  }

  private static Ending ending(JsonNode body, JsonNode candidate) throws NoReplyException {
    JsonNode blocked = body.path("promptFeedback").path("blockReason");
    if (candidate.isMissingNode() && blocked.isTextual()) {
      return Ending.CONTENT_FILTER;
    }
    JsonNode reason = candidate.path("finishReason");
    return switch (reason.asText()) {
      case "STOP" -> {
        if (!candidate.path("content").isObject()) {
          throw new NoReplyException("a candidate without content");
        }
        yield Ending.STOP;
      }
      case "MAX_TOKENS" -> Ending.LENGTH;
      case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" ->
          Ending.CONTENT_FILTER;
      default -> throw new NoReplyException("finishReason " + reason);
    };
  }

  /** A wrong key is told by the reason in a 400. */
  @Override
  public FailureKind kind(int status, String body) {
    if (status == 400) {
      for (JsonNode detail : details(body)) {
        if (detail.path("reason").asText().equals("API_KEY_INVALID")) {
          return FailureKind.BAD_KEY;
        }
      }
    }
    return WholeReplies.kind(status, body);
  }

  @Override
  public Optional<Duration> retryAfter(String body) {
    for (JsonNode detail : details(body)) {
      Matcher delay = SECONDS.matcher(detail.path("retryDelay").asText());
      if (delay.matches()) {
        double seconds = Double.parseDouble(delay.group().substring(0, delay.group().length() - 1));
        return Optional.of(Duration.ofMillis((long) (seconds * 1000)));
      }
    }
    return Optional.empty();
  }

  private static JsonNode details(String body) {
    try {
      return JSON.readTree(body).path("error").path("details");
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
