package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThinkingTest {
  private static Thinking in(String content) {
    return Thinking.in(content, Optional.empty());
  }

  @Test
  void aLeadingBlockIsThinking() {
    assertThat(in(" <think>a\nb</think>\nanswer\n"))
        .isEqualTo(new Thinking(Optional.of("a\nb"), "answer\n"));
  }

  @Test
  void aBlockOpenedByTheChatTemplateIsThinking() {
    assertThat(in("a</think>answer")).isEqualTo(new Thinking(Optional.of("a"), "answer"));
  }

  @Test
  void aBlockThatNeverEndsIsLeftForTheParsers() {
    assertThat(in("<think>a")).isEqualTo(new Thinking(Optional.empty(), "<think>a"));
  }

  @Test
  void tagsInsideAnAnswerAreTheAnswer() {
    String answer = "Use\n```\nre.sub('<think>.*</think>', '', s)\n```";
    assertThat(in(answer)).isEqualTo(new Thinking(Optional.empty(), answer));
    assertThat(in("```\n'</think>'\n```").thinking()).isEmpty();
  }

  @Test
  void whereTheServerReportsThinkingTheAnswerIsAsItCame() {
    assertThat(Thinking.in("<think>x</think>y", Optional.of("z")))
        .isEqualTo(new Thinking(Optional.of("z"), "<think>x</think>y"));
  }
}
