package org.seedwright.pipelines.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  private record Oak(String id, int rings) {}

  @Test
  void theHashIsTheRowCountAndTheSumOfTheRowsDigests() {
    // printf '{"id":"a","rings":1}' | sha256sum, and of {"id":"b","rings":2}
    var a = new BigInteger("0af9039f24ddfa50e2278233f4c76cddca69a480b2e37da35141c4e9886c6882", 16);
    var b = new BigInteger("78351fde21246bce7869e50d827c1bf178d298ccff7ea116003d505f66fbbd09", 16);

    assertThat(ContentHash.EMPTY.plus(new Oak("a", 1)).plus(new Oak("b", 2)))
        .isEqualTo(new ContentHash(2, a.add(b).mod(BigInteger.TWO.pow(256))));
  }

  @Test
  void noRowsAreZero() {
    assertThat(ContentHash.EMPTY).hasToString("0-" + "0".repeat(64));
  }

  @Test
  void twiceARowIsNotNoRow() {
    ContentHash once = ContentHash.EMPTY.plus(new Oak("a", 1));

    assertThat(once.plus(once)).isNotEqualTo(once).isNotEqualTo(ContentHash.EMPTY);
  }

  @Property(tries = 50)
  void theOrderOfTheRowsAndTheirPartsDoNotMatter(
      @ForAll("rows") List<Specimen> rows, @ForAll int seed, @ForAll("cuts") int cut) {
    var shuffled = new ArrayList<>(rows);
    java.util.Collections.shuffle(shuffled, new Random(seed));
    int at = Math.min(cut, rows.size());

    assertThat(hash(shuffled.subList(0, at)).plus(hash(shuffled.subList(at, rows.size()))))
        .isEqualTo(hash(rows));
  }

  @Property(tries = 100)
  void aRowThatDiffersAnywhereHasAnotherHash(
      @ForAll("specimens") Specimen one, @ForAll("specimens") Specimen other) {
    assertThat(hash(List.of(one)).equals(hash(List.of(other)))).isEqualTo(one.equals(other));
  }

  @Property(tries = 50)
  void theTextIsParsedBack(@ForAll("rows") List<Specimen> rows) {
    assertThat(ContentHash.parse(hash(rows).toString())).isEqualTo(hash(rows));
  }

  @Test
  void theTextIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(new ContentHash(12, BigInteger.valueOf(255)))
          .hasToString("12-" + "0".repeat(62) + "ff");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anotherTextIsRefused() {
    for (String text :
        List.of(
            "",
            "12",
            "-1-" + "0".repeat(64),
            "1-ff",
            "x-" + "0".repeat(64),
            "1-" + "G".repeat(64))) {
      assertThatThrownBy(() -> ContentHash.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("'%s' is not a content hash".formatted(text));
    }
  }

  @Test
  void aHashOutOfRangeIsRefused() {
    BigInteger above = BigInteger.TWO.pow(256);

    assertThatThrownBy(() -> new ContentHash(1, above))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ContentHash(1, BigInteger.ONE.negate()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ContentHash(-1, BigInteger.ONE))
        .hasMessage(
            "a content hash has rows and a sum from 0 to 2^256 - 1, but was given -1 and 1");
  }

  @Provide
  Arbitrary<List<Specimen>> rows() {
    return Specimens.any().list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<Specimen> specimens() {
    return Specimens.any();
  }

  @Provide
  Arbitrary<Integer> cuts() {
    return net.jqwik.api.Arbitraries.integers().between(0, 8);
  }

  private static ContentHash hash(List<Specimen> rows) {
    ContentHash hash = ContentHash.EMPTY;
    for (Specimen row : rows) {
      hash = hash.plus(row);
    }
    return hash;
  }
}
