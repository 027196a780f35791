package org.seedwright.evolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PromptFileTest {
  private static final String FRONT = "---\nid: ask\nversion: 2\npaper: A Paper\n---\n";

  @Test
  void theFileBecomesMessages() {
    PromptFile file =
        PromptFile.parse("ask.md", FRONT + "\n## system\n\nBe {{mood}}.\n\n## user\nGo.\n", "mood");

    assertThat(file.prompt(Map.of("mood", "kind")))
        .isEqualTo(
            new Prompt(
                "ask@2",
                java.util.List.of(
                    new Message(Role.SYSTEM, "Be kind."), new Message(Role.USER, "Go."))));
    assertThat(file.wording()).isEqualTo("Be  .\nGo.");
  }

  @Property
  void aValueIsInsertedAsItIs(@ForAll String value) {
    PromptFile file = PromptFile.parse("ask.md", FRONT + "## user\n<{{value}}>", "value");

    assertThat(file.messages(Map.of("value", value)).get(0).content()).isEqualTo("<" + value + ">");
  }

  @Test
  void otherPlaceholdersThanTheCodeGivesAreRefused() {
    assertThatThrownBy(() -> PromptFile.parse("ask.md", FRONT + "## user\n{{a}}", "b"))
        .hasMessage("ask.md has the placeholders [a], but is given [b]");
  }

  @Test
  void missingAndUnknownValuesAreRefused() {
    PromptFile file = PromptFile.parse("ask.md", FRONT + "## user\n{{a}}", "a");

    assertThatThrownBy(() -> file.messages(Map.of()))
        .hasMessage("ask@2 has the placeholders [a], but was given []");
    assertThatThrownBy(() -> file.messages(Map.of("a", "", "b", "")))
        .hasMessage("ask@2 has the placeholders [a], but was given [a, b]");
  }

  @Test
  void aMalformedFileIsRefusedWithItsNameAndLine() {
    assertRefused("id: x\n", "f.md:1 must be ---");
    assertRefused("---\nid: x\n", "f.md does not end its front matter with ---");
    assertRefused(
        "---\nid: x\nauthor: y\n---\n",
        "f.md:3 has 'author', but the keys are id, version and paper, and perhaps template");
    assertRefused("---\nid: x\nid: y\n---\n", "f.md:3 names id twice");
    assertRefused("---\nid: x\n---\n", "f.md must say id, version and paper, but says [id]");
    assertRefused(
        FRONT.replace("2", "0") + "x", "f.md: version must be a number from 1, but was '0'");
    assertRefused(
        FRONT + "hello\n## user\nx",
        "f.md has text before its first part: ## system, ## user or ## assistant");
    assertRefused(FRONT + "## user\n\n## system\nx", "f.md has an empty part USER");
  }

  @Test
  void aMissingResourceIsRefusedByName() {
    assertThatThrownBy(() -> PromptFile.resource(PromptFileTest.class, "nowhere.md"))
        .hasMessage("there is no nowhere.md beside org.seedwright.evolve.PromptFileTest");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> PromptFile.parse("f.md", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
