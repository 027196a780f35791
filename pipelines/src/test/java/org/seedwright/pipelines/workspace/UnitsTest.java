package org.seedwright.pipelines.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UnitsTest {
  @Test
  void aLedgerThatBalancesPasses() {
    var units = new Units(10, 4, Map.of("blank", 2L, "too-short", 1L), 1, 2);

    assertThat(units.rejectedInAll()).isEqualTo(3);
    assertThatCode(() -> units.check("seeds")).doesNotThrowAnyException();
    assertThatCode(() -> new Units(0, 0, Map.of(), 0, 0).check("seeds")).doesNotThrowAnyException();
  }

  @Test
  void aUnitWithoutAFateIsRefusedWithTheWholeLedger() {
    var units = new Units(11, 4, Map.of("too-short", 1L, "blank", 2L), 1, 2);

    assertThatThrownBy(() -> units.check("seeds"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "seeds: 11 units came in, but 10 have a fate: out 4, rejected {blank=2, too-short=1},"
                + " failed 1, not selected 2");
  }

  @Test
  void aUnitWithTwoFatesIsRefusedToo() {
    assertThatThrownBy(() -> new Units(1, 1, Map.of("blank", 1L), 0, 0).check("seeds"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("seeds: 1 units came in, but 2 have a fate: ");
  }
}
