package org.seedwright.decontaminate.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  @Property(tries = 200)
  void everyNodeIsUnderTheLeastNodeItCanReachWhateverTheOrderOfEdges(@ForAll long seed) {
    Random random = new Random(seed);
    List<int[]> edges = new ArrayList<>();
    for (int i = random.nextInt(150); i >= 0; i--) {
      edges.add(new int[] {random.nextInt(90), random.nextInt(90)});
    }
    for (int order = 0; order < 3; order++) {
      Collections.shuffle(edges, random);
      var components = new Components();
      edges.forEach(edge -> components.connect(edge[0] % 3 - 1, edge[0], edge[1] % 3 - 1, edge[1]));
      var found = new TreeMap<Long, Long>();
      components.forEach((high, low, leastHigh, leastLow) -> found.put(low, leastLow));
      assertThat(found).isEqualTo(leastReachable(edges)).hasSize(components.nodes());
    }
  }

  @Test
  void neitherAChainNorAStarIsTooLong() {
    var components = new Components();
    int count = 300_000;
    for (int i = 1; i < count; i++) {
      components.connect(0, i - 1, 0, i);
      components.connect(1, 0, 1, i);
    }
    long[] wrong = {0};
    components.forEach(
        (high, low, leastHigh, leastLow) -> wrong[0] += leastHigh == high && leastLow == 0 ? 0 : 1);
    assertThat(components.nodes()).isEqualTo(2 * count);
    assertThat(wrong[0]).isZero();
  }

  /** Names are ordered as unsigned numbers: those with the upper half -1 come last. */
  private static TreeMap<Long, Long> leastReachable(List<int[]> edges) {
    var nodes = new TreeSet<Integer>((a, b) -> Integer.compare(rank(a), rank(b)));
    edges.forEach(edge -> Collections.addAll(nodes, edge[0], edge[1]));
    var least = new TreeMap<Long, Long>();
    for (int start : nodes) {
      if (least.containsKey((long) start)) {
        continue;
      }
      var reached = new TreeSet<>(List.of(start));
      boolean more = true;
      while (more) {
        more = false;
        for (int[] edge : edges) {
          if (reached.contains(edge[0]) != reached.contains(edge[1])) {
            more |= reached.add(edge[0]) | reached.add(edge[1]);
          }
        }
      }
      reached.forEach(node -> least.put((long) node, (long) start));
    }
    return least;
  }

  private static int rank(int node) {
    return (node % 3 + 2) % 3 * 1000 + node;
  }
}
