package org.seedwright.pipelines.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class SeenFilesLawsTest {
  @Property(tries = 100)
  void itIsASet(@ForAll @Size(max = 3000) List<Long> bits) {
    var expected = new HashSet<Long>();
    var seen = new SeenFiles();
    for (long one : bits) {
      // Crowded on purpose, so that slots collide.
      long crowded = one & 0xfff;
      assertThat(seen.add("%016x".formatted(crowded) + "0".repeat(48)))
          .isEqualTo(expected.add(crowded));
    }
  }
}
