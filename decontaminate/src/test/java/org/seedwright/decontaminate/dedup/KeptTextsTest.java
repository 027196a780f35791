package org.seedwright.decontaminate.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeptTextsTest {
  private final KeptTexts kept = new KeptTexts();

  @Test
  void aRowWhoseKeysAreAllNewIsKept() {
    assertThat(kept.offer("a", List.of("s1", "p1", "r1"))).isEmpty();
    assertThat(kept.offer("b", List.of("s2", "p2", "r2"))).isEmpty();
  }

  @Test
  void theFirstKeyThatIsTakenIsNamedWithTheRowThatHasIt() {
    kept.offer("a", List.of("s1", "p1", "r1"));
    kept.offer("b", List.of("s2", "p2", "r2"));

    assertThat(kept.offer("c", List.of("s1", "p2", "r2"))).contains(new KeptTexts.Taken(0, "a"));
    assertThat(kept.offer("d", List.of("s3", "p2", "r1"))).contains(new KeptTexts.Taken(1, "b"));
    assertThat(kept.offer("e", List.of("s3", "p3", "r1"))).contains(new KeptTexts.Taken(2, "a"));
  }

  @Test
  void whatARejectedRowSaysIsNotRemembered() {
    kept.offer("a", List.of("s1", "p1", "r1"));
    kept.offer("rejected", List.of("s1", "p2", "r2"));

    assertThat(kept.offer("c", List.of("s3", "p2", "r2"))).isEmpty();
  }
}
