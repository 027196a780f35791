package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {
  @Test
  void whatMovesACursorOrTurnsTheDirectionIsShownAsAnEscape() {
    assertThat(TerminalText.line("a\u001b[31mb\u009bc\u202ed\u2028e\ud800f"))
        .isEqualTo("a\\u001b[31mb\\u009bc\\u202ed\\u2028e\\ud800f");
    assertThat(TerminalText.line("a\u0007\b\r\n\tb")).isEqualTo("a\\u0007\\u0008\\r\\n\\tb");
  }

  @Test
  void lettersOfEveryLanguageStay() {
    assertThat(TerminalText.line("Größe 中文 😀")).isEqualTo("Größe 中文 😀");
  }

  @Test
  void aBlockKeepsItsLinesAndTabsAndIsCutWhereAsked() {
    assertThat(TerminalText.block("a\n\tb\r\n\nc\n", "  ", 9))
        .isEqualTo("  | a\n  | \tb\\r\n  |\n  | c");
    assertThat(TerminalText.block("a\nb\nc", "", 1)).isEqualTo("| a\n| … 2 more lines");
  }

  @Test
  void aLineIsCutByCodePoints() {
    assertThat(TerminalText.line("😀😀😀😀", 3)).isEqualTo("😀😀…");
    assertThat(TerminalText.line("😀😀😀", 3)).isEqualTo("😀😀😀");
  }
}
