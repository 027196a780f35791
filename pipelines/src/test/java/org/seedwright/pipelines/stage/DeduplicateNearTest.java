package org.seedwright.pipelines.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.stage.TestSamples.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.decontaminate.near.NearDuplicates;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.decontaminate.near.Sketch;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Shards;

class DeduplicateNearTest {
  private static final NearSettings SETTINGS = NearSettings.of(0.6, 2, 128);
  private static final List<String> INSTRUCTION = List.of("instruction");

  @TempDir private Path folder;

  /** A duplicate, the id of what stays in its place and how similar that is. */
  private record Instead(String id, String kept, double similarity) {}

  private record Split(List<String> kept, Map<String, Instead> instead) {
    Map<String, String> rejected() {
      var rejected = new TreeMap<String, String>();
      instead.forEach((id, one) -> rejected.put(id, one.kept()));
      return rejected;
    }
  }

  private Split split(String name, Engine engine, DeduplicateNear<Sample> by, List<Sample> samples)
      throws IOException {
    var scratch = new Scratch(folder.resolve(name));
    Pipeline pipeline = Pipeline.create(engine.options("near"));
    var split = Scratch.rows(pipeline, Sample.class, samples).apply("DeduplicateNear", by);
    scratch.write("kept", Sample.class, split.kept());
    scratch.write(
        "duplicates",
        Instead.class,
        split
            .duplicates()
            .apply(
                MapElements.into(TypeDescriptor.of(Instead.class))
                    .via(
                        row ->
                            new Instead(
                                row.getValue().id(),
                                row.getKey().getKey(),
                                row.getKey().getValue()))));
    engine.run(pipeline);
    var rejected = new TreeMap<String, Instead>();
    for (Instead instead : scratch.read("duplicates", Instead.class)) {
      assertThat(rejected.put(instead.id(), instead)).isNull();
    }
    return new Split(
        scratch.read("kept", Sample.class).stream().map(Sample::id).sorted().toList(), rejected);
  }

  @Test
  void anyOrderShardsParallelismAndRunnerSplitAsTheReferenceInMemoryDoes() throws Exception {
    for (int seed = 0; seed < 2; seed++) {
      var random = new Random(seed);
      List<Sample> samples = families(random, 150);
      Representative keep = seed == 0 ? Representative.LOWEST_ROUND : Representative.LONGEST;
      Map<String, String> expected = reference(samples, keep);
      assertThat(expected).hasSizeGreaterThan(20);
      var by = DeduplicateNear.samples(INSTRUCTION, SETTINGS, keep);
      Collections.shuffle(samples, random);
      check(
          split("direct-" + seed, new DirectEngine(), by.withShards(new Shards(1)), samples),
          expected);
      Collections.shuffle(samples, random);
      try (var engine = new LocalEngine(1 + 2 * seed)) {
        check(split("local-" + seed, engine, by.withShards(new Shards(5)), samples), expected);
      }
    }
  }

  private static void check(Split split, Map<String, String> expected) {
    assertThat(split.rejected()).isEqualTo(expected);
    assertThat(split.kept()).hasSize(150 - expected.size()).doesNotHaveDuplicates();
    assertThat(split.kept()).doesNotContainAnyElementsOf(expected.keySet());
  }

  /** One bucket of each band holds all of them, and so does one cluster. */
  @Test
  void twentyThousandRowsOfNearlyOneTextAreOneCluster() throws Exception {
    String template =
        IntStream.range(0, 60).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    var samples = new ArrayList<Sample>();
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      samples.add(sample("id-" + i, i == 777 ? 0 : 1, template + " number " + i, "r"));
    }
    samples.add(sample("other", 1, "word60 word61 word62 word63 word64 word65", "r"));
    try (var engine = new LocalEngine(2)) {
      Split split =
          split(
              "giant",
              engine,
              DeduplicateNear.samples(
                  INSTRUCTION, NearSettings.of(0.7, 5, 64), Representative.LOWEST_ROUND),
              samples);
      assertThat(split.kept()).containsExactly("id-777", "other");
      assertThat(split.rejected()).hasSize(count - 1);
      assertThat(split.rejected().values()).containsOnly("id-777");
    }
  }

  @Test
  void aChainOfRowsIsOneClusterThoughItsEndsShareNothing() throws Exception {
    var samples = new ArrayList<Sample>();
    for (int i = 0; i < 120; i++) {
      // Neighbours share 59 of 61 words.
      String words =
          IntStream.range(i, i + 60).mapToObj(Integer::toString).collect(Collectors.joining(" "));
      samples.add(sample("id-%03d".formatted(i), i, words, "r"));
    }
    Collections.shuffle(samples, new Random(7));
    Split split =
        split(
            "chain",
            new DirectEngine(),
            DeduplicateNear.samples(
                    INSTRUCTION, NearSettings.of(0.7, 1, 256), Representative.HIGHEST_ROUND)
                .withShards(new Shards(2)),
            samples);
    assertThat(split.kept()).containsExactly("id-119");
  }

  @Test
  void aDuplicateIsToldHowSimilarTheRowThatStaysIs() throws Exception {
    String ten = "one two three four five six seven eight nine ten";
    Split split =
        split(
            "similarity",
            new DirectEngine(),
            DeduplicateNear.samples(
                INSTRUCTION, NearSettings.of(0.7, 1, 256), Representative.LOWEST_ROUND),
            List.of(
                sample("stays", 0, ten, "r"),
                sample("equal", 1, "ONE, " + ten, "r"),
                sample("near", 1, ten + " eleven twelve", "r"),
                // Near to "near", and by it in the cluster of "stays".
                sample("farther", 1, ten + " eleven twelve thirteen fourteen fifteen", "r")));
    assertThat(split.kept()).containsExactly("stays");
    assertThat(split.instead().values())
        .containsExactly(
            new Instead("equal", "stays", 1),
            new Instead("farther", "stays", 10.0 / 15),
            new Instead("near", "stays", 10.0 / 12));
  }

  @Test
  void rowsWithoutTextStayAndShortOnesAreDuplicatesOnlyWhereTheyAreEqual() throws Exception {
    Split split =
        split(
            "short",
            new DirectEngine(),
            DeduplicateNear.of(Sample::id, (Sample row) -> List.of(row.instruction().substring(1))),
            List.of(
                sample("a", 0, "x", "r"),
                sample("b", 0, "x", "r"),
                sample("c", 0, "xa+", "r"),
                sample("d", 0, "xA+", "r"),
                sample("e", 0, "xa-", "r")));
    assertThat(split.rejected()).hasSize(1);
    assertThat(split.kept()).hasSize(4).contains("a", "b", "e");
  }

  @Test
  void twoRowsOfOneIdAreAnError() {
    assertThatThrownBy(
            () ->
                split(
                    "twice",
                    new DirectEngine(),
                    DeduplicateNear.samples(INSTRUCTION, SETTINGS, Representative.ANY),
                    List.of(sample("a", 0, "one", "r"), sample("a", 0, "two", "r"))))
        .hasMessageContaining("two rows have the id a");
  }

  /** Rows that were made of each other, so that some are alike. */
  private static List<Sample> families(Random random, int count) {
    var samples = new ArrayList<Sample>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = new ArrayList<>();
      if (i % 3 > 0) {
        Collections.addAll(words, texts.get(random.nextInt(i)).split(" "));
        for (int changes = random.nextInt(3); changes > 0; changes--) {
          words.set(random.nextInt(words.size()), "w" + random.nextInt(400));
        }
      } else {
        for (int word = random.nextInt(25); word >= 0; word--) {
          words.add("w" + random.nextInt(400));
        }
      }
      texts.add(String.join(" ", words));
      samples.add(sample("id-" + i, random.nextInt(3), texts.get(i), "r"));
    }
    return samples;
  }

  private Map<String, String> reference(List<Sample> samples, Representative keep)
      throws Exception {
    Comparator<Sample> byName =
        Comparator.comparing(sample -> CanonicalJson.digestOfText(sample.id()));
    Comparator<Sample> first =
        Comparator.<Sample>comparingLong(sample -> keep.rank(sample, List.of(sample.instruction())))
            .thenComparing(byName);
    try (var near = new NearDuplicates(SETTINGS, folder)) {
      var maker = new Sketch.Maker(SETTINGS);
      for (Sample sample : samples) {
        near.add(maker.of(List.of(sample.instruction())));
      }
      int[] clusters = near.clusters((a, b) -> byName.compare(samples.get(a), samples.get(b)), 2);
      var kept = new HashMap<Integer, Sample>();
      for (int i = 0; i < clusters.length; i++) {
        kept.merge(
            clusters[i],
            samples.get(i),
            (one, other) -> first.compare(one, other) <= 0 ? one : other);
      }
      var rejected = new TreeMap<String, String>();
      for (int i = 0; i < clusters.length; i++) {
        if (!kept.get(clusters[i]).id().equals(samples.get(i).id())) {
          rejected.put(samples.get(i).id(), kept.get(clusters[i]).id());
        }
      }
      return rejected;
    }
  }
}
