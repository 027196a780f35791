package org.seedwright.pipelines.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How the teacher draws its reply. What is absent is left to the server and not sent.
 *
 * @param temperature 0 to 2
 * @param topP above 0, at most 1
 * @param seed passed to servers that draw reproducibly
 * @param stop texts at which the reply ends; none of them empty
 */
public record Decoding(
    Optional<Double> temperature, Optional<Double> topP, Optional<Long> seed, List<String> stop) {

  public Decoding {
    requireNonNull(temperature, "temperature is null");
    requireNonNull(topP, "topP is null");
    requireNonNull(seed, "seed is null");
    stop = List.copyOf(stop);
    if (temperature.isPresent() && !(temperature.get() >= 0 && temperature.get() <= 2)) {
      throw new IllegalArgumentException(
          "temperature must be 0 to 2, but was " + temperature.get());
    }
    if (topP.isPresent() && !(topP.get() > 0 && topP.get() <= 1)) {
      throw new IllegalArgumentException(
          "topP must be above 0 and at most 1, but was " + topP.get());
    }
    if (stop.contains("")) {
      throw new IllegalArgumentException("a stop text must not be empty");
    }
  }

  /** The most likely token at each place, as OSS-Instruct and Evol-Instruct's code variants ask. */
  public static Decoding greedy() {
    return new Decoding(Optional.of(0.0), Optional.empty(), Optional.empty(), List.of());
  }
}
