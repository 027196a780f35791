package org.seedwright.pipelines.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.stage.TestSamples.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.decontaminate.dedup.Candidate;
import org.seedwright.decontaminate.dedup.ExactDuplicates;
import org.seedwright.decontaminate.dedup.ExactKey;
import org.seedwright.decontaminate.dedup.Ignoring;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.Shards;

class DeduplicateTest {
  @TempDir private Path folder;

  /** A duplicate and the id of what stays in its place. */
  private record Instead(String id, String kept) {}

  private record Split(List<Sample> kept, Map<String, String> rejected) {}

  private Split deduplicate(String name, List<String> columns, int shards, List<Sample> samples)
      throws IOException {
    var scratch = new Scratch(folder.resolve(name));
    scratch.run(
        pipeline -> {
          var split =
              Scratch.rows(pipeline, Sample.class, samples)
                  .apply("Deduplicate", byColumns(columns).withShards(new Shards(shards)));
          scratch.write("kept", Sample.class, split.kept());
          scratch.write(
              "duplicates",
              Instead.class,
              split
                  .duplicates()
                  .apply(
                      MapElements.into(TypeDescriptor.of(Instead.class))
                          .via(row -> new Instead(row.getValue().id(), row.getKey()))));
        });
    var rejected = new TreeMap<String, String>();
    for (Instead instead : scratch.read("duplicates", Instead.class)) {
      rejected.put(instead.id(), instead.kept());
    }
    return new Split(scratch.read("kept", Sample.class), rejected);
  }

  private static Deduplicate<Sample> byColumns(List<String> columns) {
    Deduplicate<Sample> by = Deduplicate.exact(Sample::id).preferringLowest(Sample::round);
    if (columns.contains("instruction")) {
      by = by.comparing("instruction", Sample::instruction);
    }
    return columns.contains("response") ? by.comparingIfPresent("response", Sample::response) : by;
  }

  @Test
  void theLowestRoundAndThenTheSmallestIdStaysInPlaceOfTheOthers() throws IOException {
    Split split =
        deduplicate(
            "representative",
            List.of("instruction"),
            4,
            List.of(
                sample("a", 2, "Sort the list.", "x"),
                sample("d", 0, "sort\n  the LIST.", "y"),
                sample("c", 0, "Sort the list. ", "z"),
                sample("b", 10, "Sort the list.", "x"),
                sample("e", 0, "Sort the list, twice.", "x")));

    assertThat(split.kept()).extracting(Sample::id).containsExactlyInAnyOrder("c", "e");
    assertThat(split.rejected()).isEqualTo(Map.of("a", "c", "b", "c", "d", "c"));
  }

  @Test
  void withBothColumnsBothMustBeEqual() throws IOException {
    List<Sample> samples =
        List.of(
            sample("a", 0, "Sort.", "one"),
            sample("b", 0, "Sort.", "two"),
            sample("c", 0, "sort.", "TWO"));

    assertThat(deduplicate("both", List.of("instruction", "response"), 4, samples).rejected())
        .isEqualTo(Map.of("c", "b"));
    assertThat(deduplicate("response", List.of("response"), 4, samples).rejected())
        .isEqualTo(Map.of("c", "b"));
    assertThat(deduplicate("instruction", List.of("instruction"), 4, samples).rejected())
        .isEqualTo(Map.of("b", "a", "c", "a"));
  }

  @Test
  void randomRowsSplitAsTheReferenceInMemorySplitsThem() throws IOException {
    for (int seed = 0; seed < 4; seed++) {
      var random = new Random(seed);
      var samples = new ArrayList<Sample>();
      for (int i = 0; i < 120; i++) {
        String instruction = "Task %s".formatted("I ".repeat(random.nextInt(12)));
        samples.add(
            sample(
                "%02x-%d".formatted(random.nextInt(256), i), random.nextInt(4), instruction, "r"));
      }
      Map<String, String> expected =
          ExactDuplicates.duplicateOf(
              samples.stream()
                  .map(
                      sample ->
                          new Candidate(
                              sample.id(),
                              sample.round(),
                              ExactKey.of(Map.of("instruction", sample.instruction()))))
                  .toList());

      Collections.shuffle(samples, random);
      Split split = deduplicate("random-" + seed, List.of("instruction"), 1 + 3 * seed, samples);

      assertThat(split.rejected()).isEqualTo(expected);
      assertThat(split.kept().stream().map(Sample::id).collect(Collectors.toSet()))
          .doesNotContainAnyElementsOf(expected.keySet())
          .hasSize(samples.size() - expected.size());
    }
  }

  @Test
  void rowsThatAreNoneOfOursAreComparedByTheTextsThatTheyHave() throws IOException {
    var scratch = new Scratch(folder.resolve("strangers"));
    scratch.run(
        pipeline -> {
          var split =
              pipeline
                  .apply(
                      Create.of(
                          KV.of("c", "One"), KV.of("b", "one "), KV.of("d", ""), KV.of("e", "")))
                  .apply(
                      "Deduplicate",
                      Deduplicate.<KV<String, String>>exact(KV::getKey)
                          .comparingIfPresent(
                              "text",
                              row -> Optional.of(row.getValue()).filter(t -> !t.isEmpty())));
          PAssert.that(split.kept())
              .containsInAnyOrder(List.of(KV.of("b", "one "), KV.of("d", ""), KV.of("e", "")));
          PAssert.that(split.duplicates())
              .containsInAnyOrder(List.of(KV.of("b", KV.of("c", "One"))));
        });
  }

  @Test
  void aTransformThatComparesNothingIsRefusedWhenItIsApplied() {
    var scratch = new Scratch(folder.resolve("nothing"));

    assertThatThrownBy(
            () ->
                scratch.run(
                    pipeline ->
                        Scratch.rows(pipeline, Sample.class, List.of())
                            .apply("Deduplicate", Deduplicate.exact(Sample::id))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Deduplicate compares nothing: name a text by comparing()");
  }

  @Test
  void caseCountsWhereWhiteSpaceAloneIsIgnored() throws IOException {
    var scratch = new Scratch(folder.resolve("case"));
    scratch.run(
        pipeline -> {
          var split =
              Scratch.rows(
                      pipeline,
                      Sample.class,
                      List.of(
                          sample("a", 0, "Sort it.", "x"),
                          sample("b", 0, "sort it.", "x"),
                          sample("c", 0, "Sort\n\tit.", "x")))
                  .apply(
                      "Deduplicate",
                      byColumns(List.of("instruction")).ignoring(Ignoring.WHITE_SPACE));
          PAssert.that(split.duplicates())
              .containsInAnyOrder(List.of(KV.of("a", sample("c", 0, "Sort\n\tit.", "x"))));
        });
  }

  @Test
  void columnsThatASampleDoesNotHaveAreRefused() {
    var exact = new DeduplicateStage.Exact(false, Ignoring.WHITE_SPACE);
    assertThatThrownBy(() -> new DeduplicateStage("merge", List.of(), List.of("language"), exact))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns must be some of seed, instruction, response, but were [language]");
  }
}
