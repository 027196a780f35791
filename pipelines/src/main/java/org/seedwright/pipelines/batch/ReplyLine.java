package org.seedwright.pipelines.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.seedwright.pipelines.teacher.FailureKind;
import org.seedwright.pipelines.teacher.OpenAiBodies;
import org.seedwright.pipelines.teacher.TeacherException;

/**
 * A line that a batch service wrote, into its file of replies or its file of errors.
 *
 * @param customId as it was handed in
 * @param body of a reply with a status of success, as JSON
 * @param failure why there is no reply, where there is none
 * @param inputTokens that the service counted, 0 where it did not
 * @param outputTokens that the service counted, 0 where it did not
 */
record ReplyLine(
    String customId,
    Optional<String> body,
    Optional<TeacherException> failure,
    long inputTokens,
    long outputTokens) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** A line is not what a batch service writes; the message says why. */
  static final class MalformedLine extends Exception {
    MalformedLine(String message) {
      super(message);
    }
  }

  static ReplyLine of(byte[] bytes) throws MalformedLine {
    JsonNode line = object(text(bytes));
    JsonNode id = line.path("custom_id");
    if (!id.isTextual()) {
      throw new MalformedLine("custom_id must be a text, but is " + shown(id));
    }
    JsonNode response = line.path("response");
    JsonNode error = line.path("error");
    if (!present(response) && !present(error)) {
      throw new MalformedLine(
          line.has("method")
              ? "is a request of an exported file, not a reply"
              : "has neither response nor error");
    }
    JsonNode body = response.path("body");
    long input = body.at("/usage/prompt_tokens").asLong(0);
    long output = body.at("/usage/completion_tokens").asLong(0);
    Optional<TeacherException> failure = failure(response, error);
    if (failure.isEmpty() && !body.isObject()) {
      throw new MalformedLine("response.body must be an object, but is " + shown(body));
    }
    return new ReplyLine(
        id.textValue(),
        failure.isEmpty() ? Optional.of(body.toString()) : Optional.empty(),
        failure,
        Math.max(input, 0),
        Math.max(output, 0));
  }

  private static boolean present(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  private static Optional<TeacherException> failure(JsonNode response, JsonNode error)
      throws MalformedLine {
    if (present(response)) {
      if (!response.isObject()) {
        throw new MalformedLine("response must be an object, but is " + shown(response));
      }
      JsonNode status = response.path("status_code");
      if (present(status) && !status.canConvertToInt()) {
        throw new MalformedLine("response.status_code must be a number, but is " + shown(status));
      }
      // Some services leave the status of a reply out.
      int code = status.asInt(200);
      if (code < 200 || code >= 300) {
        JsonNode said = present(response.path("body")) ? response.path("body") : error;
        return Optional.of(OpenAiBodies.refusal(code, said.toString()));
      }
    }
    if (!present(error)) {
      return Optional.empty();
    }
    FailureKind kind =
        error.path("code").asText("").toLowerCase(Locale.ROOT).contains("expired")
            ? FailureKind.TIMEOUT
            : FailureKind.SERVER_ERROR;
    return Optional.of(OpenAiBodies.unanswered(kind, error.toString()));
  }

  private static JsonNode object(String text) throws MalformedLine {
    try {
      JsonNode node = JSON.readTree(text);
      if (node == null || !node.isObject()) {
        throw new MalformedLine("is no JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new MalformedLine("is not JSON: " + firstLine(e.getOriginalMessage()));
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String text(byte[] bytes) throws MalformedLine {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedLine("is not UTF-8");
    }
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "missing" : node.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
