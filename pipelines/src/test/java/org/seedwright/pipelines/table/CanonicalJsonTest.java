package org.seedwright.pipelines.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.pipelines.table.Specimen.Habit;
import org.seedwright.pipelines.table.Specimen.Place;

class CanonicalJsonTest {
  private record Sighting(long serial, Optional<Place> place, Habit habit, List<Long> counts) {}

  private enum Mood {
    VERY_HAPPY_2 {
      @Override
      boolean calm() {
        return false;
      }
    };

    abstract boolean calm();
  }

  /** RFC 8785, section 3.2.2, with the escapes of its string resolved. */
  @Test
  void theExampleOfTheRfcIsWrittenAsTheRfcWritesIt() {
    var value = new LinkedHashMap<String, Object>();
    value.put("numbers", List.of(333333333.33333329, 1E30, 4.50, 2e-3, 1e-27));
    value.put("string", "\u20ac$\u000f\nA'\u0042\"\\\\\"/");
    value.put("literals", Arrays.asList(null, true, false));

    assertThat(CanonicalJson.text(value))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** RFC 8785, appendix B. */
  @Test
  void numbersAreWrittenAsTheRfcListsThem() {
    var expected = new LinkedHashMap<Long, String>();
    expected.put(0x0000000000000000L, "0");
    expected.put(0x8000000000000000L, "0");
    expected.put(0x0000000000000001L, "5e-324");
    expected.put(0x8000000000000001L, "-5e-324");
    expected.put(0x7fefffffffffffffL, "1.7976931348623157e+308");
    expected.put(0xffefffffffffffffL, "-1.7976931348623157e+308");
    expected.put(0x4340000000000000L, "9007199254740992");
    expected.put(0xc340000000000000L, "-9007199254740992");
    expected.put(0x4430000000000000L, "295147905179352830000");
    expected.put(0x44b52d02c7e14af5L, "9.999999999999997e+22");
    expected.put(0x44b52d02c7e14af6L, "1e+23");
    expected.put(0x44b52d02c7e14af7L, "1.0000000000000001e+23");
    expected.put(0x444b1ae4d6e2ef4eL, "999999999999999700000");
    expected.put(0x444b1ae4d6e2ef4fL, "999999999999999900000");
    expected.put(0x444b1ae4d6e2ef50L, "1e+21");
    expected.put(0x3eb0c6f7a0b5ed8cL, "9.999999999999997e-7");
    expected.put(0x3eb0c6f7a0b5ed8dL, "0.000001");
    expected.put(0x41b3de4355555553L, "333333333.3333332");
    expected.put(0x41b3de4355555554L, "333333333.33333325");
    expected.put(0x41b3de4355555555L, "333333333.3333333");
    expected.put(0x41b3de4355555556L, "333333333.3333334");
    expected.put(0x41b3de4355555557L, "333333333.33333343");
    expected.put(0xbecbf647612f3696L, "-0.0000033333333333333333");
    expected.put(0x43143ff3c1cb0959L, "1424953923781206.2");

    var written = new LinkedHashMap<Long, String>();
    for (long bits : expected.keySet()) {
      written.put(bits, CanonicalJson.text(Double.longBitsToDouble(bits)));
    }

    assertThat(written).isEqualTo(expected);
  }

  @Test
  void aNumberThatJsonDoesNotHaveIsRefused() {
    for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> CanonicalJson.text(number))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("%s is not a JSON number".formatted(number));
    }
  }

  /** RFC 8785, section 3.2.3: the surrogates of the smiley come before U+FB33. */
  @Test
  void keysAreInTheOrderOfTheirUtf16CodeUnits() {
    Map<String, Integer> map =
        Map.of("\u20ac", 1, "\r", 2, "\ufb33", 3, "1", 4, "\ud83d\ude00", 5, "\u0080", 6, "ö", 7);

    assertThat(CanonicalJson.text(map))
        .isEqualTo(
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
  }

  @Test
  void onlyQuoteBackslashAndControlCharactersAreEscaped() {
    assertThat(CanonicalJson.text("\u0000\u0001\b\t\n\u000b\f\r\u001f \"\\/\u007f\u2028<é"))
        .isEqualTo("\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\u007f\u2028<é\"");
  }

  @Test
  void halfASurrogatePairIsEscapedAndAWholeOneIsNot() {
    assertThat(CanonicalJson.text("a\ud83d")).isEqualTo("\"a\\ud83d\"");
    assertThat(CanonicalJson.text("\ude00\ud83d")).isEqualTo("\"\\ude00\\ud83d\"");
    assertThat(CanonicalJson.text("\ud83d\ud83d\ude00")).isEqualTo("\"\\ud83d\ud83d\ude00\"");
    assertThat(CanonicalJson.text("\\ud83d")).isEqualTo("\"\\\\ud83d\"");
  }

  @Test
  void longsAreStringsEnumsAreKebabCaseAndAnEmptyOptionalLeavesItsKeyOut() {
    var nowhere =
        new Sighting(
            Long.MIN_VALUE, Optional.empty(), Habit.CLIMBING_SHRUB, List.of(9007199254740993L));
    var somewhere =
        new Sighting(
            1,
            Optional.of(new Place("Kew", Optional.of(12.0), List.of("b", "a"))),
            Habit.TREE,
            List.of());

    assertThat(CanonicalJson.text(nowhere))
        .isEqualTo(
            "{\"counts\":[\"9007199254740993\"],\"habit\":\"climbing-shrub\","
                + "\"serial\":\"-9223372036854775808\"}");
    assertThat(CanonicalJson.text(somewhere))
        .isEqualTo(
            "{\"counts\":[],\"habit\":\"tree\","
                + "\"place\":{\"altitude\":12,\"name\":\"Kew\",\"remarks\":[\"b\",\"a\"]},"
                + "\"serial\":\"1\"}");
  }

  @Test
  void anEnumConstantWithABodyIsItsName() {
    assertThat(CanonicalJson.text(Mood.VERY_HAPPY_2)).isEqualTo("\"very-happy-2\"");
    assertThat(Mood.VERY_HAPPY_2.calm()).isFalse();
  }

  @Test
  void theDigestIsTheSha256OfTheUtf8Text() {
    // printf '"é"' | sha256sum
    assertThat(CanonicalJson.digest("é"))
        .isEqualTo("f2886017e9c7abacf804b54d64787dce2b611c9544ba21f3affdd126a6e50086");
  }

  @Test
  void aValueOfAnotherTypeIsRefusedByName() {
    assertThatThrownBy(() -> CanonicalJson.text(List.of(1.5f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("java.lang.Float has no canonical JSON");
  }
}
