package org.seedwright.decontaminate.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MinHashTest {
  private final MinHash hash = new MinHash(256);

  @Test
  void theShareOfEqualPlacesIsTheSimilarityOnAverageAndSpreadsAsItShould() {
    Random random = new Random(7);
    for (double jaccard : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
      int pairs = 3000;
      double sum = 0;
      double squares = 0;
      double expected = 0;
      for (int i = 0; i < pairs; i++) {
        Pair pair = Pair.of(random, 100, jaccard);
        expected = Jaccard.of(pair.one(), pair.other());
        double estimate = equal(hash.signature(pair.one()), hash.signature(pair.other())) / 256.0;
        sum += estimate;
        squares += (estimate - expected) * (estimate - expected);
      }
      double deviation = Math.sqrt(expected * (1 - expected) / 256);
      assertThat(sum / pairs)
          .isBetween(
              expected - 5 * deviation / Math.sqrt(pairs),
              expected + 5 * deviation / Math.sqrt(pairs));
      // Permutations that hung together would spread wider than the binomial.
      assertThat(Math.sqrt(squares / pairs)).isBetween(0.9 * deviation, 1.1 * deviation);
    }
  }

  @Property(tries = 200)
  void theSignatureOfAUnionIsTheLeastOfTheTwo(@ForAll long[] one, @ForAll long[] other) {
    long[] union = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, union, one.length, other.length);
    int[] left = hash.signature(one);
    int[] right = hash.signature(other);
    int[] least = new int[left.length];
    Arrays.setAll(least, i -> Math.min(left[i], right[i]));
    assertThat(hash.signature(union)).isEqualTo(least);
  }

  @Test
  void aLongerSignatureBeginsWithTheShorterOne() {
    long[] set = {1, 2, 3};
    assertThat(Arrays.copyOf(hash.signature(set), 16)).isEqualTo(new MinHash(16).signature(set));
  }

  @Test
  void permutationsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new MinHash(0)).hasMessageContaining("1 to 4096, but was 0");
  }

  private static int equal(int[] one, int[] other) {
    int equal = 0;
    for (int i = 0; i < one.length; i++) {
      equal += one[i] == other[i] ? 1 : 0;
    }
    return equal;
  }
}
