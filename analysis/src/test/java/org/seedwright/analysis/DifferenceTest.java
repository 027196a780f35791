package org.seedwright.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seedwright.analysis.Cell.Absent;
import org.seedwright.analysis.Cell.Count;
import org.seedwright.analysis.Cell.Quotient;
import org.seedwright.analysis.Cell.Word;

class DifferenceTest {
  private static final List<String> COLUMNS = List.of("stage", "out", "share_out", "reasons");
  private static final Word SEEDS = new Word("seeds");
  private static final Word MERGE = new Word("merge");

  @Test
  void figuresStandSideBySideByTheirKeys() {
    var first =
        new Answer(
            COLUMNS,
            List.of(
                List.of(SEEDS, new Count(4), new Quotient(0.5), new Word("a 4")),
                List.of(new Word("old"), new Count(1), Absent.ABSENT, new Word("b 1"))));
    var second =
        new Answer(
            COLUMNS,
            List.of(
                List.of(MERGE, new Count(2), new Quotient(1), Absent.ABSENT),
                List.of(SEEDS, new Count(7), new Quotient(0.5), Absent.ABSENT)));

    assertThat(Difference.between(RunQuery.FUNNEL, first, second))
        .containsExactly(
            difference(SEEDS, "out", new Count(4), new Count(7)),
            difference(SEEDS, "share_out", new Quotient(0.5), new Quotient(0.5)),
            difference(new Word("old"), "out", new Count(1), Absent.ABSENT),
            difference(MERGE, "out", Absent.ABSENT, new Count(2)),
            difference(MERGE, "share_out", Absent.ABSENT, new Quotient(1)));
  }

  private static Difference difference(Cell key, String figure, Cell first, Cell second) {
    return new Difference(List.of(key), figure, first, second);
  }

  @Test
  void aDifferenceIsWhatTheSecondRunHasMore() {
    assertThat(difference(SEEDS, "out", new Count(7), new Count(4)).more())
        .isEqualTo(new Count(-3));
    assertThat(difference(SEEDS, "out", new Quotient(0.25), new Quotient(1)).more())
        .isEqualTo(new Quotient(0.75));
    assertThat(difference(SEEDS, "out", new Count(7), Absent.ABSENT).more())
        .isEqualTo(Absent.ABSENT);
    assertThat(difference(SEEDS, "out", new Count(7), new Count(7)).isNone()).isTrue();
    assertThat(difference(SEEDS, "out", new Count(7), Absent.ABSENT).isNone()).isFalse();
  }

  @Test
  void answersToTwoQueriesAreNotCompared() {
    var other = new Answer(List.of("stage"), List.of());
    assertThatThrownBy(
            () -> Difference.between(RunQuery.FUNNEL, new Answer(COLUMNS, List.of()), other))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
