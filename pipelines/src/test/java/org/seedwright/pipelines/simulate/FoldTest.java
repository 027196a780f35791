package org.seedwright.pipelines.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Draw;

class FoldTest {
  @Test
  void theTotalIsWhatTheWordsSay() {
    var squares = new Fold(Fold.Condition.PLACE, Fold.Step.SQUARES, 2, 1, 5);
    assertThat(squares.words())
        .isEqualTo(
            "Take the numbers whose position, counted from 0, leaves the remainder 1 when it is"
                + " divided by 2, in the order in which they come, and add up their squares. The"
                + " total begins at 5.");
    assertThat(squares.total(List.of(1L, 2L, 3L, 4L))).isEqualTo(5 + 4 + 16);
    assertThat(squares.condition()).isEqualTo("index % 2 == 1");
    assertThat(squares.update()).isEqualTo("total + value * value");
  }

  @Test
  void programsNameTheLanguageOfTheSeed() {
    assertThat(ProgramLanguage.of("def f(x):\n  return x")).isEqualTo(ProgramLanguage.PYTHON);
    assertThat(ProgramLanguage.of("public void close() {")).isEqualTo(ProgramLanguage.JAVA);
    assertThat(ProgramLanguage.of("#include <map>")).isEqualTo(ProgramLanguage.CPP);
    assertThat(ProgramLanguage.of("func main() {")).isEqualTo(ProgramLanguage.GO);
    assertThat(ProgramLanguage.of("let mut x = 3;")).isEqualTo(ProgramLanguage.RUST);
    assertThat(ProgramLanguage.of("const x = () => 3;")).isEqualTo(ProgramLanguage.JAVASCRIPT);
    assertThat(ProgramLanguage.of("Write it in JavaScript")).isEqualTo(ProgramLanguage.JAVASCRIPT);
    assertThat(ProgramLanguage.of("nothing to go by")).isEqualTo(ProgramLanguage.PYTHON);
  }

  @Test
  void drawsVary() {
    Set<Fold> folds = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      folds.add(Fold.drawn(Draw.of(1, "test", "row" + i)));
    }
    assertThat(folds).hasSizeGreaterThan(700);
  }
}
