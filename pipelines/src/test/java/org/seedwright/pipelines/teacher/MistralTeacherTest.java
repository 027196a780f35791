package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.pipelines.store.Reply;

class MistralTeacherTest extends ChatTeacherContract {
  @Override
  Service service() {
    return Service.MISTRAL;
  }

  @Override
  String base() {
    return "/v1";
  }

  @Override
  String path(String model) {
    return "/chat/completions";
  }

  @Override
  String plainBody() {
    return """
    {"model": "m", "max_tokens": 321, "stream": false, "stop": [], "messages": [
      {"role": "system", "content": [{"type": "text", "text": "s"}]},
      {"role": "user", "content": [{"type": "text", "text": "u"}]},
      {"role": "assistant", "content": [{"type": "text", "text": "a"}]},
      {"role": "user", "content": [{"type": "text", "text": "v"}]}]}""";
  }

  @Override
  String fullBody() {
    return plainBody()
        .replace(
            "\"stop\": []",
            "\"stop\": [\"END\", \"STOP\"], \"temperature\": 0.5, \"top_p\": 0.25,"
                + " \"random_seed\": 77");
  }

  @Override
  boolean takesSeeds() {
    return true;
  }

  @Override
  void carriesKey(Headers headers) {
    assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer " + KEY);
  }

  private static String ended(String reason) {
    return """
    {"id": "c1", "object": "chat.completion", "created": 1700000000, "model": "served-1",
     "choices": [{"index": 0, "finish_reason": "%s", "message": {"role": "assistant",
      "tool_calls": null, "content": [
       {"type": "thinking", "thinking": [{"type": "text", "text": "6*7"}]},
       {"type": "text", "text": "42"}]}}],
     "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}}"""
        .formatted(reason);
  }

  @Override
  String reply() {
    return ended("stop");
  }

  @Override
  Map<String, Ending> endings() {
    return Map.of(
        ended("stop"), Ending.STOP,
        ended("length"), Ending.LENGTH,
        ended("model_length"), Ending.LENGTH,
        ended("content_filter"), Ending.CONTENT_FILTER);
  }

  @Override
  List<String> malformed() {
    return List.of(
        ended("error"),
        ended("tool_calls"),
        "{\"choices\": []}",
        "{\"choices\": [{\"index\": 0, \"finish_reason\": \"stop\"}]}",
        reply().replace("\"type\": \"thinking\", ", "\"type\": \"reference\", "),
        "{\"object\": \"error\", \"message\": \"Service unavailable.\", \"code\": \"3505\"}");
  }

  @Override
  String error(String message) {
    return "{\"object\": \"error\", \"message\": \"%s\", \"type\": \"some\", \"code\": \"1300\"}"
        .formatted(message);
  }

  @Test
  void mostRepliesAreOneText() throws Exception {
    assertThat(
            said(
                """
                {"id": "c1", "object": "chat.completion", "created": 1, "model": "served-1",
                 "choices": [{"index": 0, "finish_reason": "stop",
                  "message": {"role": "assistant", "content": "42", "prefix": false}}],
                 "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}}"""))
        .extracting(Reply::text, Reply::thinking, Reply::outputTokens)
        .containsExactly("42", Optional.empty(), 7L);
  }
}
