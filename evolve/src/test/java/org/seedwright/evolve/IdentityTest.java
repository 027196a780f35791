package org.seedwright.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IdentityTest {
  @Test
  void anIdIsFixedForEver() {
    assertThat(Identity.row("seed", "p", 0, "", 3)).isEqualTo("3b6986fa1ec49f248cb62006baf28ec1");
    assertThat(Identity.document("s", "a.py", "x\n"))
        .isEqualTo("ec49a7bc8c8408ffe748243109db297231aff822f030889a3c1be02d0562248f");
  }

  @Test
  void everyComponentChangesTheId() {
    assertThat(
            Set.of(
                Identity.row("k", "p", 1, "h@1", 0),
                Identity.row("l", "p", 1, "h@1", 0),
                Identity.row("k", "q", 1, "h@1", 0),
                Identity.row("k", "p", 2, "h@1", 0),
                Identity.row("k", "p", 1, "h@2", 0),
                Identity.row("k", "p", 1, "h@1", 1)))
        .hasSize(6);
  }

  @Property
  void textThatMovesFromOneComponentToTheNextChangesTheId(
      @ForAll String left, @ForAll String right) {
    Assume.that(!left.isEmpty());
    assertThat(Identity.document(left, right, "c"))
        .isNotEqualTo(Identity.document("", left + right, "c"));
  }
}
