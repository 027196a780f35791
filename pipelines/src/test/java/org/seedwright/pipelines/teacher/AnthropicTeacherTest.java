package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.pipelines.store.Reply;

class AnthropicTeacherTest extends ChatTeacherContract {
  @Override
  Service service() {
    return Service.ANTHROPIC;
  }

  @Override
  String base() {
    return "/v1";
  }

  @Override
  String path(String model) {
    return "/messages";
  }

  @Override
  String plainBody() {
    return """
    {"model": "m", "max_tokens": 321, "stream": false, "system": [{"type": "text", "text": "s"}],
     "messages": [
      {"role": "user", "content": [{"type": "text", "text": "u"}]},
      {"role": "assistant", "content": [{"type": "text", "text": "a"}]},
      {"role": "user", "content": [{"type": "text", "text": "v"}]}]}""";
  }

  @Override
  String fullBody() {
    return plainBody()
        .replace(
            "\"stream\"",
            "\"temperature\": 0.5, \"top_p\": 0.25, \"stop_sequences\": [\"END\", \"STOP\"], \"stream\"");
  }

  @Override
  boolean takesSeeds() {
    return false;
  }

  @Override
  void carriesKey(Headers headers) {
    assertThat(headers.getFirst("x-api-key")).isEqualTo(KEY);
    assertThat(headers.getFirst("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(headers.getFirst("Authorization")).isNull();
  }

  private static String ended(String reason) {
    return """
    {"id": "msg_1", "type": "message", "role": "assistant", "model": "served-1",
     "content": [{"type": "thinking", "thinking": "6*7", "signature": "c2ln"},
      {"type": "text", "text": "42"}],
     "stop_reason": "%s", "stop_sequence": null,
     "usage": {"input_tokens": 6, "cache_creation_input_tokens": 2, "cache_read_input_tokens": 3,
      "output_tokens": 7, "service_tier": "standard"}}"""
        .formatted(reason);
  }

  @Override
  String reply() {
    return ended("end_turn");
  }

  @Override
  Map<String, Ending> endings() {
    return Map.of(
        ended("end_turn"), Ending.STOP,
        ended("stop_sequence"), Ending.STOP,
        ended("max_tokens"), Ending.LENGTH,
        ended("model_context_window_exceeded"), Ending.LENGTH,
        ended("refusal"), Ending.REFUSAL);
  }

  @Override
  List<String> malformed() {
    return List.of(
        ended("tool_use"),
        ended("pause_turn"),
        reply().replace("\"end_turn\"", "null"),
        reply().replace("\"type\": \"text\"", "\"type\": \"tool_use\""),
        "{\"type\": \"error\", \"error\": {\"type\": \"api_error\", \"message\": \"late\"}}");
  }

  @Override
  String error(String message) {
    return """
    {"type": "error", "error": {"type": "some_error", "message": "%s"}, "request_id": "req_1"}"""
        .formatted(message);
  }

  @Test
  void aRefusalBeforeAnyWordIsAReply() throws Exception {
    assertThat(
            said(
                """
                {"type": "message", "role": "assistant", "model": "served-1", "content": [],
                 "stop_reason": "refusal", "usage": {"input_tokens": 11, "output_tokens": 1}}"""))
        .extracting(Reply::ending, Reply::text, Reply::inputTokens, Reply::outputTokens)
        .containsExactly(Ending.REFUSAL, "", 11L, 1L);
  }

  @Test
  void blocksOfTextAreJoinedByNothing() throws Exception {
    assertThat(
            said(
                reply()
                    .replace(
                        "{\"type\": \"text\", \"text\": \"42\"}",
                        "{\"type\": \"text\", \"text\": \"4\"}, {\"type\": \"text\", \"text\": \"2\"},"
                            + " {\"type\": \"redacted_thinking\", \"data\": \"ZW5j\"}")))
        .extracting(Reply::text, Reply::thinking)
        .containsExactly("42", Optional.of("6*7"));
  }

  @Test
  void anEmptyAccountStopsAll() {
    assertThat(
            failure(400, error("Your credit balance is too low to access the Anthropic API."))
                .kind())
        .isEqualTo(FailureKind.OUT_OF_CREDIT);
  }
}
