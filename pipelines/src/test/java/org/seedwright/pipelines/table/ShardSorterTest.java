package org.seedwright.pipelines.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ShardSorterTest {
  @Test
  void nothingSortsToNothing() throws IOException {
    assertThat(sorted(List.of(), 0)).isEmpty();
    assertThat(sorted(List.of(), 1 << 20)).isEmpty();
  }

  @Test
  void bytesAreComparedUnsignedAndAPrefixComesFirst() throws IOException {
    var keys = List.of("\u00e9", "z", "zz", "", "\ud83d\ude00", "\ufb33", "a");

    assertThat(sorted(keys, 1 << 20))
        .containsExactly("", "a", "z", "zz", "\u00e9", "\ufb33", "\ud83d\ude00");
  }

  @Property(tries = 60)
  void spilledRowsComeInTheOrderOfTheWholeInMemory(
      @ForAll("keys") List<byte[]> keys, @ForAll("limits") long limit) throws IOException {
    List<String> expected =
        keys.stream()
            .sorted(Arrays::compareUnsigned)
            .map(key -> Arrays.toString(key) + Arrays.toString(rowOf(key)))
            .toList();

    var merged = new ArrayList<String>();
    try (var sorter = new ShardSorter(limit)) {
      for (byte[] key : keys) {
        sorter.add(key, rowOf(key));
      }
      sorter
          .sorted()
          .forEachRemaining(
              pair -> merged.add(Arrays.toString(pair.key()) + Arrays.toString(pair.row())));
    }

    assertThat(merged).isEqualTo(expected);
  }

  @Test
  void runsAreWrittenWhenTheLimitIsPassedAndAreGoneAfterClose() throws IOException {
    Set<Path> before = runs();
    Set<Path> during;
    var merged = new ArrayList<String>();
    try (var sorter = new ShardSorter(10_000)) {
      for (int n = 0; n < 1000; n++) {
        sorter.add("%04d".formatted(n * 7919 % 1000).getBytes(UTF_8), new byte[32]);
      }
      during = runs();
      sorter.sorted().forEachRemaining(pair -> merged.add(new String(pair.key(), UTF_8)));
    }

    // A pair counts 4 + 32 + 64 bytes, so every 101st passes the limit.
    assertThat(during).hasSize(before.size() + 9);
    assertThat(merged).isEqualTo(IntStream.range(0, 1000).mapToObj("%04d"::formatted).toList());
    assertThat(runs()).isEqualTo(before);
  }

  @Test
  void runsAreGoneTooWhenNobodyReadToTheEnd() throws IOException {
    Set<Path> before = runs();
    try (var sorter = new ShardSorter(0)) {
      for (int n = 0; n < 10; n++) {
        sorter.add(new byte[] {(byte) n}, new byte[0]);
      }
      Iterator<ShardSorter.Pair> pairs = sorter.sorted();
      assertThat(pairs.next().key()).containsExactly(0);
    }

    assertThat(runs()).isEqualTo(before);
  }

  @Provide
  Arbitrary<List<byte[]>> keys() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(4).list().ofMaxSize(60);
  }

  @Provide
  Arbitrary<Long> limits() {
    return Arbitraries.of(0L, 100L, 500L, 1000L, 1L << 20);
  }

  private static byte[] rowOf(byte[] key) {
    return Arrays.copyOf(new byte[] {1, 2, 3, 4, 5}, key.length);
  }

  private static List<String> sorted(List<String> keys, long limit) throws IOException {
    var sorted = new ArrayList<String>();
    try (var sorter = new ShardSorter(limit)) {
      for (String key : keys) {
        sorter.add(key.getBytes(UTF_8), new byte[0]);
      }
      sorter.sorted().forEachRemaining(pair -> sorted.add(new String(pair.key(), UTF_8)));
    }
    return sorted;
  }

  private static Set<Path> runs() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("seedwright-sort"))
          .collect(Collectors.toSet());
    }
  }
}
