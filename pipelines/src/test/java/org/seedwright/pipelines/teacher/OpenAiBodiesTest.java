package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.teacher.ScriptedServer.completion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;

class OpenAiBodiesTest {
  private static final TeacherRequest FULL =
      TeacherRequest.of(
          "m",
          List.of(
              new Message(Role.SYSTEM, "s \"quoted\"\n\u0000 \u00e9 \ud83d\ude00"),
              new Message(Role.USER, "u"),
              new Message(Role.ASSISTANT, "a"),
              new Message(Role.USER, "v")),
          new Decoding(
              Optional.of(0.1), Optional.of(0.25), Optional.of(1L << 60), List.of("END", "STOP")));

  @Test
  void aBodyIsWhatTheTeacherSendsToAServer() throws Exception {
    try (var server = ScriptedServer.saying(completion("42"))) {
      new OpenAiTeacher(OpenAiAccess.local(server.baseUrl()), Terms.ONCE, name -> null)
          .ask(FULL, 321);

      String body = new OpenAiBodies().request(FULL, 321);

      assertThat(ScriptedServer.JSON.readTree(body)).isEqualTo(server.requests.get(0));
      assertThat(body).doesNotContain("\n").isEqualTo(new OpenAiBodies().request(FULL, 321));
    }
  }

  @Test
  void aBodyIsReadAsTheTeacherReadsIt() throws Exception {
    for (String body :
        List.of(
            completion("42"),
            completion(Map.of("role", "assistant", "content", "<think>hm</think>42"), "length"),
            completion(
                Map.of("role", "assistant", "content", "42", "reasoning_content", "hm"), "stop"),
            completion(Map.of("role", "assistant", "content", ""), "content_filter"),
            completion(Map.of("role", "assistant", "refusal", "no"), "stop"))) {
      try (var server = ScriptedServer.saying(body)) {
        Reply asked =
            new OpenAiTeacher(OpenAiAccess.local(server.baseUrl()), Terms.ONCE, name -> null)
                .ask(FULL, 321);

        assertThat(new OpenAiBodies().reply(FULL, 321, body)).isEqualTo(asked);
      }
    }
  }

  @Test
  void whatIsNoReplyIsAFailureAndNothingOfItStays() throws Exception {
    var bodies = new OpenAiBodies();
    for (String body :
        List.of("{}", "{\"choices\":[]}", "[]", completion("42").replace("stop", "x"))) {
      assertThatThrownBy(() -> bodies.reply(FULL, 321, body))
          .as(body)
          .isInstanceOf(TeacherException.class);
    }
    assertThat(bodies.reply(FULL, 321, completion("42")).ending()).isEqualTo(Ending.STOP);
  }
}
