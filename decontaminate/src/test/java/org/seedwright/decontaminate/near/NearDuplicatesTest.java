package org.seedwright.decontaminate.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearDuplicatesTest {
  private static final NearSettings SETTINGS = NearSettings.of(0.6, 2, 128);

  @Property(tries = 60)
  void clustersAreThoseOfBruteForceInAnyOrderWithAnyThreads(@ForAll long seed)
      throws IOException, InterruptedException {
    Random random = new Random(seed);
    List<String> rows = family(random, 60);
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      texts.put("id%03d".formatted(i), rows.get(i));
    }
    var expected = bruteForce(texts);
    for (int threads = 1; threads <= 3; threads++) {
      List<String> ids = new ArrayList<>(texts.keySet());
      Collections.shuffle(ids, random);
      assertThat(clusters(ids, texts, threads)).isEqualTo(expected);
    }
  }

  @Test
  void rowsWithoutTextAreNobodysDuplicates() throws Exception {
    var texts = Map.of("a", "", "b", " ", "c", "x y z");
    assertThat(clusters(List.of("a", "b", "c"), texts, 1)).hasSize(3);
  }

  @Test
  void aTemplateThatFillsOneBucketCostsAFewComparisonsARow(@TempDir Path folder) throws Exception {
    var template = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      template.append("word").append(i).append(' ');
    }
    int count = 20_000;
    try (var near = new NearDuplicates(NearSettings.defaults(), folder)) {
      var maker = new Sketch.Maker(NearSettings.defaults());
      for (int i = 0; i < count; i++) {
        near.add(maker.of(List.of(template + " number " + i)));
      }
      int[] clusters = near.clusters(Integer::compare, 2);
      assertThat(IntStream.of(clusters).distinct().count()).isEqualTo(1);
      assertThat(near.compared()).isLessThan(36L * 2 * BucketPairs.REACH * count);
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aMillionTimesTheSameRowIsOneCluster(@TempDir Path folder) throws Exception {
    try (var near = new NearDuplicates(NearSettings.of(0.7, 5, 16), folder)) {
      var sketch =
          new Sketch.Maker(NearSettings.of(0.7, 5, 16)).of(List.of("one two three four five six"));
      for (int i = 0; i < 1_000_000; i++) {
        near.add(sketch);
      }
      assertThat(IntStream.of(near.clusters(Integer::compare, 2)).distinct().count()).isEqualTo(1);
      assertThat(near.compared()).isZero();
    }
  }

  @Test
  void aChainOfRowsIsOneClusterHoweverLong(@TempDir Path folder) throws Exception {
    var settings = NearSettings.of(0.7, 1, 256);
    try (var near = new NearDuplicates(settings, folder)) {
      var maker = new Sketch.Maker(settings);
      int count = 5000;
      for (int i = 0; i < count; i++) {
        // Neighbours share 59 of 61 words, the ends of the chain nothing.
        near.add(
            maker.of(
                List.of(
                    String.join(
                        " ", IntStream.range(i, i + 60).mapToObj(Integer::toString).toList()))));
      }
      assertThat(IntStream.of(near.clusters(Integer::compare, 2)).distinct().count()).isEqualTo(1);
      assertThat(near.similarity(0, count - 1)).isZero();
    }
  }

  private static Set<List<String>> sets(Map<Integer, List<String>> clusters) {
    var sets = new TreeSet<List<String>>((a, b) -> a.toString().compareTo(b.toString()));
    clusters.values().forEach(ids -> sets.add(ids.stream().sorted().toList()));
    return sets;
  }

  private static Set<List<String>> clusters(
      List<String> ids, Map<String, String> texts, int threads)
      throws IOException, InterruptedException {
    try (var near = new NearDuplicates(SETTINGS, Path.of(System.getProperty("java.io.tmpdir")))) {
      var maker = new Sketch.Maker(SETTINGS);
      for (String id : ids) {
        near.add(maker.of(List.of(texts.get(id))));
      }
      int[] roots = near.clusters((a, b) -> ids.get(a).compareTo(ids.get(b)), threads);
      Map<Integer, List<String>> members = new HashMap<>();
      for (int i = 0; i < roots.length; i++) {
        members.computeIfAbsent(roots[i], root -> new ArrayList<>()).add(ids.get(i));
      }
      return sets(members);
    }
  }

  /** Every two rows that share a band are compared; labels run through until nothing changes. */
  private static Set<List<String>> bruteForce(Map<String, String> texts) {
    List<String> ids = List.copyOf(texts.keySet());
    var maker = new Sketch.Maker(SETTINGS);
    List<Sketch> sketches = ids.stream().map(id -> maker.of(List.of(texts.get(id)))).toList();
    int[] labels = IntStream.range(0, ids.size()).toArray();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < labels.length; i++) {
        for (int j = 0; j < labels.length; j++) {
          if (labels[i] < labels[j] && duplicates(sketches.get(i), sketches.get(j))) {
            labels[j] = labels[i];
            changed = true;
          }
        }
      }
    }
    Map<Integer, List<String>> members = new HashMap<>();
    for (int i = 0; i < labels.length; i++) {
      members.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(ids.get(i));
    }
    return sets(members);
  }

  private static boolean duplicates(Sketch one, Sketch other) {
    if (Jaccard.of(one.set(), other.set()) < SETTINGS.threshold()) {
      return false;
    }
    for (int band = 0; band < one.keys().length; band++) {
      if (one.keys()[band] == other.keys()[band]) {
        return true;
      }
    }
    return false;
  }

  /** Some rows, and others with a word or two changed, some of them many times. */
  private static List<String> family(Random random, int count) {
    List<String> rows = new ArrayList<>();
    while (rows.size() < count) {
      List<String> words = new ArrayList<>();
      if (rows.isEmpty() || random.nextInt(4) == 0) {
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
          words.add("w" + random.nextInt(50));
        }
      } else {
        words.addAll(List.of(rows.get(random.nextInt(rows.size())).split(" ")));
        for (int changes = random.nextInt(3); changes > 0; changes--) {
          words.set(random.nextInt(words.size()), "w" + random.nextInt(50));
        }
      }
      rows.add(String.join(" ", words));
    }
    return rows;
  }
}
