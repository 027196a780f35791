package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seedwright.pipelines.teacher.ScriptedServer.send;

import com.sun.net.httpserver.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.Requests;

class OllamaTeacherTest extends ChatTeacherContract {
  @Override
  Service service() {
    return Service.OLLAMA;
  }

  @Override
  String base() {
    return "";
  }

  @Override
  String path(String model) {
    return "/api/chat";
  }

  @Override
  String plainBody() {
    return """
    {"model": "m", "stream": false, "tools": [], "options": {"num_predict": 321, "stop": []},
     "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "u"},
      {"role": "assistant", "content": "a", "tool_calls": []}, {"role": "user", "content": "v"}]}""";
  }

  @Override
  String fullBody() {
    return plainBody()
        .replace(
            "\"stop\": []",
            "\"stop\": [\"END\", \"STOP\"], \"temperature\": 0.5, \"top_p\": 0.25, \"seed\": 77");
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
    {"model": "served-1", "created_at": "2026-01-02T03:04:05.6Z",
     "message": {"role": "assistant", "content": "42", "thinking": "6*7"},
     "done": true, "done_reason": "%s", "total_duration": 5, "load_duration": 1,
     "prompt_eval_count": 11, "prompt_eval_duration": 2, "eval_count": 7, "eval_duration": 2}"""
        .formatted(reason);
  }

  @Override
  String reply() {
    return ended("stop");
  }

  @Override
  Map<String, Ending> endings() {
    return Map.of(ended("stop"), Ending.STOP, ended("length"), Ending.LENGTH);
  }

  @Override
  List<String> malformed() {
    return List.of(
        ended("load"),
        ended("unload"),
        reply().replace("\"done\": true", "\"done\": false"),
        reply().replace("\"done_reason\": \"stop\",", ""),
        "{\"error\": \"unexpected EOF\"}");
  }

  @Override
  String error(String message) {
    return "{\"error\": \"%s\"}".formatted(message);
  }

  @Test
  void aServerThatWantsNoKeyGetsNone() throws Exception {
    try (var server =
        new ScriptedServer("/api/chat", (n, request, exchange) -> send(exchange, 200, reply()))) {
      var access = new ServiceAccess(server.address("/"), Optional.empty(), Duration.ofSeconds(20));
      Reply reply =
          new ChatTeacher(Service.OLLAMA, access, Terms.ONCE, name -> null)
              .ask(Requests.request("q"), 10);
      assertThat(reply.text()).isEqualTo("42");
      assertThat(server.headers.get(0)).doesNotContainKey("Authorization");
    }
  }

  @Test
  void aPromptFromTheCacheIsNotCounted() throws Exception {
    assertThat(said(reply().replace("\"prompt_eval_count\": 11,", "")))
        .extracting(Reply::inputTokens, Reply::outputTokens)
        .containsExactly(0L, 7L);
  }
}
