package org.seedwright.pipelines.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.seedwright.decontaminate.dedup.Ignoring;
import org.seedwright.decontaminate.dedup.KeptTexts;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;

class DeduplicateEachTest {
  private record Row(String id, int round, String seed, String problem, String solution) {}

  private static final DeduplicateEach<Row> EACH =
      DeduplicateEach.of(Row::id)
          .preferringLowest(Row::round)
          .comparing("seed", Row::seed)
          .comparing("problem", Row::problem)
          .comparingIfPresent(
              "solution", row -> Optional.of(row.solution()).filter(text -> !text.equals("none")));

  /** Holds what became of the rows against {@code expected}: id to "text id-of-who-stays". */
  private static void check(
      Engine engine, DeduplicateEach<Row> by, List<Row> rows, Map<String, String> expected) {
    Pipeline pipeline = Pipeline.create(engine.options("each"));
    Deduplicated<Row, KV<String, String>> split =
        pipeline
            .apply("Rows", Create.of(rows).withCoder(Table.of(Row.class).coder()))
            .apply("DeduplicateEach", by);
    PAssert.that(split.kept())
        .containsInAnyOrder(rows.stream().filter(row -> !expected.containsKey(row.id())).toList());
    PAssert.that(
            split
                .duplicates()
                .apply(
                    MapElements.into(TypeDescriptor.of(String.class))
                        .via(
                            row ->
                                "%s: %s %s"
                                    .formatted(
                                        row.getValue().id(),
                                        row.getKey().getKey(),
                                        row.getKey().getValue()))))
        .containsInAnyOrder(
            expected.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList());
    engine.run(pipeline);
  }

  @Test
  void theFirstTextThatIsNotNewIsTheReasonAndNamesTheRowThatHasIt() {
    check(
        new DirectEngine(),
        EACH,
        List.of(
            new Row("first", 0, "x = 1", "Add the numbers.", "def add(): pass"),
            new Row("second", 0, "y = 2", "Sort the words.", "def sort(): pass"),
            new Row("same seed", 1, "x\t=\n1", "Other.", "def other(): pass"),
            new Row("same problem", 1, "z = 3", "Sort  the\u00a0words.", "def words(): pass"),
            new Row("same solution", 1, "u = 4", "More.", "def  add ( ) : pass"),
            new Row("all taken", 1, "y=2", "Add the numbers.", "def add(): pass"),
            new Row("two taken", 1, "v = 5", "Sort the words.", "def add(): pass"),
            new Row("other case", 1, "X = 1", "add the numbers.", "Def add(): pass")),
        Map.of(
            "same seed", "seed first",
            "same problem", "problem second",
            "same solution", "solution first",
            "all taken", "seed second",
            "two taken", "problem second"));
  }

  @Test
  void whatARejectedRowSaysHidesNobody() {
    check(
        new DirectEngine(),
        EACH,
        List.of(
            new Row("a", 0, "s1", "p1", "r1"),
            new Row("b", 1, "s1", "p2", "r2"),
            new Row("c", 2, "s3", "p3", "r2"),
            new Row("d", 3, "s4", "p3", "r4")),
        Map.of("b", "seed a", "d", "problem c"));
  }

  @Test
  void ofOneRankTheRowWhoseIdHasTheSmallestDigestComesFirst() {
    List<String> ids =
        List.of("a", "b", "c").stream()
            .sorted(Comparator.comparing(CanonicalJson::digestOfText))
            .toList();
    check(
        new DirectEngine(),
        EACH,
        ids.stream().map(id -> new Row(id, 0, "seed of " + id, "p", "r of " + id)).toList(),
        Map.of(ids.get(1), "problem " + ids.get(0), ids.get(2), "problem " + ids.get(0)));
  }

  @Test
  void aTextThatIsNotThereIsNew() {
    check(
        new DirectEngine(),
        EACH,
        List.of(new Row("a", 0, "s1", "p1", "none"), new Row("b", 1, "s2", "p2", "none")),
        Map.of());
  }

  @Test
  void whatIsIgnoredIsAChoice() {
    check(
        new DirectEngine(),
        EACH.ignoring(Ignoring.WHITE_SPACE_AND_CASE),
        List.of(new Row("a", 0, "X", "p1", "r1"), new Row("b", 1, "x", "p2", "r2")),
        Map.of("b", "seed a"));
  }

  /** Few texts and many rows, so that nearly every row hangs on others before it. */
  @Property(tries = 6, edgeCases = EdgeCasesMode.NONE)
  void anyOrderAndShardsSplitAsTheRowsTakenOneByOne(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int shards) {
    var random = new Random(seed);
    List<Row> rows = rows(random, 60, 25);
    Map<String, String> expected = oneByOne(rows);
    Collections.shuffle(rows, random);

    check(new DirectEngine(), EACH.withShards(new Shards(shards)), rows, expected);
  }

  @Test
  void theLocalEngineSplitsAlikeAtAnyParallelism() throws Exception {
    for (int parallelism : List.of(1, 3)) {
      var random = new Random(parallelism);
      List<Row> rows = rows(random, 600, 200);
      Map<String, String> expected = oneByOne(rows);
      assertThat(expected).hasSizeBetween(150, 550);
      Collections.shuffle(rows, random);
      try (var engine = new LocalEngine(parallelism)) {
        check(engine, EACH.withShards(new Shards(1 + 4 * parallelism)), rows, expected);
      }
    }
  }

  /** One solution for all but one: its holders are a stream, and the last row hangs on none. */
  @Test
  void aTextThatNearlyEveryRowHasLeavesOneOfThem() throws Exception {
    var rows = new ArrayList<Row>();
    var expected = new TreeMap<String, String>();
    for (int i = 0; i < 1000; i++) {
      rows.add(new Row("id-" + i, i == 7 ? 0 : 1, "seed " + i, "problem " + i, "pass"));
      if (i != 7) {
        expected.put("id-" + i, "solution id-7");
      }
    }
    rows.add(new Row("other", 1, "seed", "problem", "fail"));

    try (var engine = new LocalEngine(1)) {
      check(engine, EACH, rows, expected);
    }
  }

  @Test
  void twoRowsOfOneIdAreAnError() {
    var row = new Row("a", 0, "s", "p", "r");

    assertThatThrownBy(() -> check(new DirectEngine(), EACH, List.of(row, row), Map.of()))
        .hasMessageContaining("two rows have the id a");
  }

  @Test
  void aTransformThatComparesNothingIsRefusedWhenItIsApplied() {
    assertThatThrownBy(
            () -> check(new DirectEngine(), DeduplicateEach.of(Row::id), List.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("DeduplicateEach compares nothing: name a text by comparing()");
  }

  private static List<Row> rows(Random random, int count, int texts) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new Row(
              "id-" + i,
              random.nextInt(2),
              spaced(random, "seed", texts),
              spaced(random, "problem", texts),
              random.nextInt(5) == 0 ? "none" : spaced(random, "solution", texts)));
    }
    return rows;
  }

  private static String spaced(Random random, String text, int texts) {
    return text + " ".repeat(random.nextInt(3)) + random.nextInt(texts);
  }

  /** The rule in its plainest form. */
  private static Map<String, String> oneByOne(List<Row> rows) {
    List<String> names = List.of("seed", "problem", "solution");
    var kept = new KeptTexts();
    var rejected = new TreeMap<String, String>();
    rows.stream()
        .sorted(
            Comparator.comparingInt(Row::round)
                .thenComparing(row -> CanonicalJson.digestOfText(row.id())))
        .forEach(
            row -> {
              var texts = new ArrayList<String>(List.of(row.seed(), row.problem()));
              if (!row.solution().equals("none")) {
                texts.add(row.solution());
              }
              kept.offer(row.id(), texts.stream().map(text -> text.replace(" ", "")).toList())
                  .ifPresent(
                      taken -> rejected.put(row.id(), names.get(taken.place()) + " " + taken.id()));
            });
    return rejected;
  }
}
