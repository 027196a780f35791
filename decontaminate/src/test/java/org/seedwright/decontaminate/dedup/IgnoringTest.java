package org.seedwright.decontaminate.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IgnoringTest {
  @Test
  void whiteSpaceAloneLeavesCaseAndWidth() {
    assertThat(Ignoring.WHITE_SPACE.normal(" Sort\n\tthe  LIST.\r\n")).isEqualTo("SorttheLIST.");
    assertThat(Ignoring.WHITE_SPACE.normal("ａ b")).isEqualTo("ａb");
    assertThat(Ignoring.WHITE_SPACE_AND_CASE.normal("Ａ b")).isEqualTo("ab");
  }

  /** Checked against {@code "".join(text.split())} of Python 3. */
  @Test
  void whiteSpaceIsWhatPythonSplitsAt() {
    String spaces =
        "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2003\u2007\u200a\u2028"
            + "\u2029\u202f\u205f\u3000";
    assertThat(Ignoring.WHITE_SPACE.normal(spaces)).isEmpty();
    // Format characters, and no white space: zero-width space, byte order mark, Mongolian vowel.
    assertThat(Ignoring.WHITE_SPACE.normal("\u200b\ufeff\u180e")).hasSize(3);
  }

  @Test
  void keysGoByWhatIsIgnored() {
    Map<String, String> one = Map.of("response", "class A {}");
    Map<String, String> other = Map.of("response", "class a{}");
    assertThat(ExactKey.of(one)).isEqualTo(ExactKey.of(other));
    assertThat(ExactKey.of(one, Ignoring.WHITE_SPACE))
        .isNotEqualTo(ExactKey.of(other, Ignoring.WHITE_SPACE))
        .isEqualTo(ExactKey.of(Map.of("response", "classA{}"), Ignoring.WHITE_SPACE));
  }
}
