package org.seedwright.decontaminate.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExactKeyTest {
  @Test
  void spacingCaseAndOrderOfColumnsDoNotMatter() {
    Map<String, String> one = new LinkedHashMap<>();
    one.put("instruction", "Sort a list.");
    one.put("response", "return sorted(x)");
    Map<String, String> other = new LinkedHashMap<>();
    other.put("response", "RETURN\n  sorted( x )");
    other.put("instruction", "sort a\tlist.");
    assertThat(ExactKey.of(one)).isEqualTo(ExactKey.of(other)).matches("[0-9a-f]{64}");
  }

  @Test
  void textCannotMoveFromOneColumnToTheNext() {
    assertThat(ExactKey.of(Map.of("a", "xy", "b", "z")))
        .isNotEqualTo(ExactKey.of(Map.of("a", "x", "b", "yz")))
        .isNotEqualTo(ExactKey.of(Map.of("a", "xyz", "b", "")))
        .isNotEqualTo(ExactKey.of(Map.of("a", "xy", "c", "z")));
    assertThat(ExactKey.of(Map.of("a", "x"))).isNotEqualTo(ExactKey.of(Map.of("a", "x", "b", "")));
  }

  /** Stored in tables: a change of this value is a change of version. */
  @Test
  void theKeyOfAKnownRowNeverChanges() {
    assertThat(ExactKey.of(Map.of("instruction", "Add two numbers.", "response", "a + b")))
        .isEqualTo("669a0d3a4d30c1b33002790fcc81e6de9dee9c80ae2bfe72b8d528822d99f542");
  }

  @Test
  void noColumnIsRefused() {
    assertThatThrownBy(() -> ExactKey.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a duplicate key needs at least one column");
  }
}
