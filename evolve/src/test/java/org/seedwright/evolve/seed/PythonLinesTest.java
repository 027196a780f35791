package org.seedwright.evolve.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PythonLinesTest {
  /** Each as CPython 3.11 answers to {@code text.splitlines(keepends=True)}. */
  @Test
  void linesAreThoseOfPython() {
    assertLines("");
    assertLines("a", "a");
    assertLines("a\n", "a\n");
    assertLines("a\nb", "a\n", "b");
    assertLines("\n", "\n");
    assertLines("\n\n", "\n", "\n");
    assertLines("a\r\nb\r\n", "a\r\n", "b\r\n");
    assertLines("a\rb", "a\r", "b");
    assertLines("\r\r\n\n", "\r", "\r\n", "\n");
    assertLines("a\n\rb", "a\n", "\r", "b");
    assertLines("a\u000bb\fc", "a\u000b", "b\f", "c");
    assertLines("a\u001cb\u001db\u001ec", "a\u001c", "b\u001d", "b\u001e", "c");
    assertLines("a\u001fb", "a\u001fb");
    assertLines("a\u0085b", "a\u0085", "b");
    assertLines("a\u2028b\u2029c", "a\u2028", "b\u2029", "c");
    assertLines("\u2028", "\u2028");
    assertLines("a\tb c", "a\tb c");
    assertLines("abc\r", "abc\r");
    assertLines("\u000b\n", "\u000b", "\n");
    assertLines("\ufeffa\n", "\ufeffa\n");
  }

  @Property
  void joinedLinesAreTheText(@ForAll("texts") String text) {
    assertThat(String.join("", PythonLines.of(text))).isEqualTo(text);
  }

  @Property
  void everyLineButTheLastHasAnEndAndNoneHasTwo(@ForAll("texts") String text) {
    List<String> lines = PythonLines.of(text);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace("\r\n", "\n");
      long ends = line.chars().filter(c -> ENDS.indexOf(c) >= 0).count();
      assertThat(ends).isBetween(i < lines.size() - 1 ? 1L : 0L, 1L);
    }
  }

  private static final String ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars(("ab " + ENDS).toCharArray()).ofMaxLength(30);
  }

  private static void assertLines(String text, String... lines) {
    assertThat(PythonLines.of(text)).containsExactly(lines);
  }
}
