package org.seedwright.decontaminate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer.Form;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NormalizerLawsTest {
  @Property
  void runByRunIsTheSameAsNfkcOfTheWholeText(@ForAll("words") String text) {
    String whole =
        java.text.Normalizer.normalize(text, Form.NFKC)
            .codePoints()
            .map(codePoint -> Character.toLowerCase(Character.toUpperCase(codePoint)))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    assertThat(Normalizer.text(text)).isEqualTo(java.text.Normalizer.normalize(whole, Form.NFKC));
  }

  @Property
  void everyStretchLeadsToAnOriginalThatHoldsIt(@ForAll("texts") String text) {
    NormalizedText normalized = Normalizer.normalize(text);
    int length = normalized.text().length();
    for (int from = 0; from < length; from++) {
      for (int to = from + 1; to <= length; to++) {
        Span span = normalized.span(from, to);
        assertThat(Normalizer.text(text.substring(span.start(), span.end())))
            .contains(normalized.text().substring(from, to));
      }
    }
  }

  @Property
  void aNormalFormHoldsNothingThatIsIgnored(@ForAll String text) {
    assertThat(Normalizer.text(text).codePoints().filter(Normalizer::isIgnored)).isEmpty();
  }

  /** No white space, no marks that NFKC makes white space of: those are removed in between. */
  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings()
        .withChars('a', 'E', 'o', 'J', '(', '\u0301', '\u0323', '\u030c')
        .withChars('\u1100', '\u1161', '\u11a8', '\uac00', '\u314f')
        .withChars('\uff76', '\uff9e', '\ufb01', '\u212b', '\u03a3', '\u09c7', '\u09be')
        .ofMaxLength(12);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars('a', 'E', ' ', '\n', '\u200d', '\u0301', '\u00a8', '\u1100', '\u1161')
        .withChars('\uff76', '\uff9e', '\ufb01', '\ufdfa', '\ud801', '\udc00')
        .ofMaxLength(12);
  }
}
