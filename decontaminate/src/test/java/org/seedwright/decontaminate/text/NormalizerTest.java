package org.seedwright.decontaminate.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizerTest {
  @Test
  void indentationLineEndsAndCaseDoNotCount() {
    assertThat(Normalizer.text("def F(x):\r\n\treturn\u00a0X\n"))
        .isEqualTo(Normalizer.text("DEF f( x ) :\n    return x"))
        .isEqualTo("deff(x):returnx");
  }

  @Test
  void zeroWidthCharactersAndByteOrderMarksHideNothing() {
    assertThat(Normalizer.text("\ufeffso\u200brt\u00ad \u0000ed")).isEqualTo("sorted");
    assertThat(Normalizer.text("e\u200d\u0301")).isEqualTo(Normalizer.text("\u00e9"));
  }

  @Test
  void fullWidthLettersLigaturesAndAccentsHaveOneForm() {
    assertThat(Normalizer.text("\uff33\uff4f\uff52\uff54")).isEqualTo("sort");
    assertThat(Normalizer.text("\ufb01nd")).isEqualTo("find");
    assertThat(Normalizer.text("cafe\u0301")).isEqualTo(Normalizer.text("CAF\u00c9"));
    assertThat(Normalizer.text("\u1112\u1161\u11ab")).isEqualTo("\ud55c");
    assertThat(Normalizer.text("\uff76\uff9e")).isEqualTo("\u30ac");
  }

  @Test
  void caseDependsNeitherOnPlaceNorOnLocale() {
    assertThat(Normalizer.text("\u039f\u0394\u039f\u03a3"))
        .isEqualTo(Normalizer.text("\u03bf\u03b4\u03bf\u03c2"));
    assertThat(Normalizer.text("INT\u0130")).isEqualTo("inti");
    assertThat(Normalizer.text("J\u030c")).isEqualTo(Normalizer.text("\u01f0"));
    assertThat(Normalizer.text("\ud801\udc00")).isEqualTo("\ud801\udc28");
  }

  @Test
  void spanLeavesOutWhiteSpaceAroundAndKeepsItWithin() {
    NormalizedText text = Normalizer.normalize("  a \t b  c ");
    assertThat(text.text()).isEqualTo("abc");
    assertThat(text.span(0, 2)).isEqualTo(new Span(2, 7));
    assertThat(text.span(2, 3)).isEqualTo(new Span(9, 10));
  }

  @Test
  void spanCoversTheWholeLigatureAndTheWholeAccentedLetter() {
    NormalizedText text = Normalizer.normalize("x\ufb01e\u0301y");
    assertThat(text.text()).isEqualTo("xfi\u00e9y");
    assertThat(text.span(2, 3)).isEqualTo(new Span(1, 2));
    assertThat(text.span(3, 4)).isEqualTo(new Span(2, 4));
  }

  @Test
  void spanOutsideTheTextIsRefused() {
    NormalizedText text = Normalizer.normalize("a b");
    assertThatThrownBy(() -> text.span(1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> text.span(0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("stretch [0,3) is not within the 2 normalised characters");
  }

  @Test
  void emptyAndBlankTextsHaveAnEmptyNormalForm() {
    assertThat(Normalizer.text("")).isEmpty();
    assertThat(Normalizer.text(" \r\n\u2003\u3000")).isEmpty();
  }

  /** A million marks on one letter: quadratic canonical ordering would take minutes. */
  @Test
  void aTextOfMarksAloneIsLinear() {
    String marks = "a" + "\u0301\u0323".repeat(500_000);
    NormalizedText text = Normalizer.normalize(marks);
    assertThat(text.span(0, text.text().length())).isEqualTo(new Span(0, marks.length()));
  }

  /** Every code point that can join with one before it must be known to do so. */
  @Test
  void noCodePointThatBeginsARunJoinsWithWhatStandsBefore() {
    List<String> wrong = new ArrayList<>();
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (Character.getType(codePoint) == Character.SURROGATE) {
        continue;
      }
      String alone = Character.toString(codePoint);
      String decomposed = java.text.Normalizer.normalize(alone, Form.NFKD);
      if (Normalizer.beginsRun(codePoint) && !Normalizer.beginsRun(decomposed.codePointAt(0))) {
        wrong.add("U+%04X begins with a mark".formatted(codePoint));
      }
      String canonical = java.text.Normalizer.normalize(alone, Form.NFD);
      int second = canonical.offsetByCodePoints(0, 1);
      if (second < canonical.length()
          && java.text.Normalizer.normalize(canonical, Form.NFC).equals(alone)
          && Normalizer.beginsRun(canonical.codePointAt(second))) {
        wrong.add("U+%04X composes".formatted(codePoint));
      }
    }
    assertThat(wrong).isEmpty();
  }
}
