package org.seedwright.evaluate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FamilyTest {
  @Test
  void everySpellingOfAnIdLeadsToOneFamily() {
    assertThat(Family.of("mine", "HumanEval/23")).isEqualTo("HumanEval/23");
    assertThat(Family.of("mine", "HumanEval_23_strlen")).isEqualTo("HumanEval/23");
    assertThat(Family.of("mine", "Mbpp/3")).isEqualTo("MBPP/3");
    assertThat(Family.of("mine", "mbpp_3_is_not_prime")).isEqualTo("MBPP/3");
  }

  @Test
  void anyOtherIdIsAFamilyOfItsOwnBenchmark() {
    assertThat(Family.of("mine", "3")).isEqualTo("mine/3");
    assertThat(Family.of("mine", "HumanEvalX/3")).isEqualTo("mine/HumanEvalX/3");
    assertThat(Family.of("mine", "HumanEval/3b")).isEqualTo("mine/HumanEval/3b");
  }
}
