package org.seedwright.pipelines.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ShardsTest {
  /** The first 8 bytes of the SHA-256 of the id as an unsigned number, modulo the count. */
  @Test
  void theShardOfAnIdNeverChanges() {
    List<String> ids = List.of("", "oak", "0000", "f".repeat(32), "Kräuter", "\ud83d\ude00");

    assertThat(ids).extracting(new Shards(16)::of).containsExactly(4, 11, 9, 0, 6, 7);
    assertThat(ids)
        .extracting(new Shards(4096)::of)
        .containsExactly(3092, 1995, 1561, 3312, 3094, 1351);
    assertThat(ids).extracting(new Shards(7)::of).containsExactly(1, 6, 6, 6, 0, 3);
    assertThat(ids).extracting(new Shards(1)::of).containsOnly(0);
  }

  @Test
  void idsAreSpreadEvenly() {
    var shards = new Shards(16);
    int[] counts = new int[16];
    for (int n = 0; n < 16_000; n++) {
      counts[shards.of("id-" + n)]++;
    }

    // Four standard deviations around 1000.
    assertThat(Arrays.stream(counts).boxed()).allSatisfy(n -> assertThat(n).isBetween(877, 1123));
  }

  @Test
  void partsAreNamedByNumberAndCount() {
    assertThat(new Shards(16).part(3)).isEqualTo("part-00003-of-00016.parquet");
    assertThat(new Shards(3).numbers()).containsExactly(0, 1, 2);
  }

  @Test
  void aPartHasTheSameNameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(new Shards(16).part(3)).isEqualTo("part-00003-of-00016.parquet");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aCountOutOfRangeIsRefused() {
    for (int count : new int[] {-1, 0, 4097}) {
      assertThatThrownBy(() -> new Shards(count))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("shards must be 1 to 4096, but was " + count);
    }
    assertThat(new Shards(4096).numbers()).hasSize(4096);
  }
}
