package org.seedwright.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
  private static String key(long beginning) {
    return String.format(Locale.ROOT, "%016x", beginning) + "0".repeat(48);
  }

  @Property
  void whatWasAddedIsHeldAndNothingElse(
      @ForAll @Size(max = 5000) List<Long> added, @ForAll List<Long> others) {
    var known = new KnownKeys();
    added.forEach(beginning -> known.add(key(beginning)));
    assertThat(added).allMatch(beginning -> known.mayHold(key(beginning)));
    List<Long> kept = added.stream().map(beginning -> beginning >>> 1).toList();
    assertThat(others)
        .filteredOn(beginning -> !kept.contains(beginning >>> 1) && beginning >>> 1 > 1)
        .noneMatch(beginning -> known.mayHold(key(beginning)));
  }

  @Test
  void manyKeysThatBeginAlikeAreHeld() {
    var known = new KnownKeys();
    LongStream.range(0, 100_000).forEach(i -> known.add(key(i << 20)));
    assertThat(LongStream.range(0, 100_000).allMatch(i -> known.mayHold(key(i << 20)))).isTrue();
    assertThat(known.mayHold(key((1L << 20) + 2))).isFalse();
  }
}
