package org.seedwright.decontaminate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HashFilterTest {
  @Test
  void everyHashThatWasAddedPassesAndAtMostOneInEightOfTheOthers() {
    for (int hashes : new int[] {1, 2, 7, 8, 9, 100, 65_537}) {
      var filter = new HashFilter(hashes);
      new Random(976).longs(hashes).forEach(filter::add);

      assertThat(new Random(976).longs(hashes)).allMatch(filter::mayHave);
      long others = 100_000;
      assertThat(new Random(977).longs(others).filter(filter::mayHave).count())
          .isLessThan(others / 8);
    }
  }

  @Test
  void nothingPassesOneWithoutHashes() {
    var filter = new HashFilter(0);

    assertThat(new Random(976).longs(1000)).noneMatch(filter::mayHave);
  }
}
