package org.seedwright.evaluate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreparationsTest {
  @Test
  void whatWasAskedForLongestAgoLeavesFirst() {
    Preparations preparations = new Preparations(10);
    preparations.put("a", "12345");
    preparations.put("b", "12345");
    assertThat(preparations.of("a")).contains("12345");
    preparations.put("c", "1");
    assertThat(preparations.of("b")).isEmpty();
    assertThat(preparations.of("a")).contains("12345");
    assertThat(preparations.of("c")).contains("1");
  }

  @Test
  void theLastOneStaysHoweverLongItIs() {
    Preparations preparations = new Preparations(3);
    preparations.put("a", "1");
    preparations.put("b", "12345");
    preparations.put("b", "1234");
    assertThat(preparations.of("b")).contains("1234");
    assertThat(preparations.of("a")).isEmpty();
  }
}
