package org.seedwright.decontaminate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void wordsAreLettersDigitsAndUnderscores() {
    assertThat(spans("def has_close(x: int) -> 2.5"))
        .containsExactly("def", "has_close", "x", "int", "2", "5");
  }

  @Test
  void aTextWithoutWordsHasNone() {
    assertThat(spans("")).isEmpty();
    assertThat(spans(" +-*/ \n\t…")).isEmpty();
  }

  @Test
  void wordsInAnyCaseFormAndCompositionAreEqual() {
    assertThat(hashes("Straße CAFÉ ABC"))
        .isEqualTo(hashes("straße cafe\u0301 abc"))
        .isEqualTo(hashes("STRAßE café \uff41\uff22c"));
    assertThat(hashes("cafe")).isNotEqualTo(hashes("café"));
  }

  @Test
  void formatCharactersInsideAWordAreLookedThrough() {
    assertThat(hashes("foo\u200bbar")).isEqualTo(hashes("foobar"));
    assertThat(spans("foo\u200bbar baz")).containsExactly("foo\u200bbar", "baz");
  }

  @Test
  void scriptsWithoutSpacesHaveAWordForEachLetter() {
    assertThat(spans("x是二つabc")).containsExactly("x", "是", "二", "つ", "abc");
    assertThat(hashes("が")).isEqualTo(hashes("か\u3099"));
    assertThat(spans("\ud840\udc00\ud840\udc01")).containsExactly("\ud840\udc00", "\ud840\udc01");
  }

  @Test
  void halvesOfSurrogatePairsAreReadWithoutHarm() {
    assertThat(spans("a\ud840 b\udc00\ud83d\ude00c")).containsExactly("a", "b", "c");
  }

  @Test
  void aReaderForgetsTheTextBefore() {
    var words = new Words();
    words.read("one two three four".repeat(500));
    assertThat(words.read("five").count()).isEqualTo(1);
  }

  private static List<String> spans(String text) {
    Words words = new Words().read(text);
    List<String> spans = new ArrayList<>();
    for (int i = 0; i < words.count(); i++) {
      spans.add(text.substring(words.start(i), words.end(i)));
    }
    return spans;
  }

  private static List<Long> hashes(String text) {
    Words words = new Words().read(text);
    List<Long> hashes = new ArrayList<>();
    for (int i = 0; i < words.count(); i++) {
      hashes.add(words.hash(i));
    }
    return hashes;
  }
}
