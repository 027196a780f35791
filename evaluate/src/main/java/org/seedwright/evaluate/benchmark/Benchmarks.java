package org.seedwright.evaluate.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every benchmark that has a name here. Adding one is one class and one line in {@link #all()}. */
public final class Benchmarks {
  private static final List<Benchmark> ALL =
      Stream.of(
              HumanEval.all(),
              Mbpp.all(),
              Ds1000.all(),
              Gsm8k.all(),
              MultiPlE.all(),
              HumanEvalPack.all(),
              Mbxp.all())
          .flatMap(List::stream)
          .toList();

  private static final Map<String, Benchmark> BY_ID = byId();

  private Benchmarks() {}

  /** All of them, related ones together. */
  public static List<Benchmark> all() {
    return ALL;
  }

  /** The benchmark of this id, if there is one. */
  public static Optional<Benchmark> find(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /**
   * The benchmark of this id.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Benchmark named(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no benchmark is called '%s'; known are %s"
                        .formatted(id, String.join(", ", BY_ID.keySet()))));
  }

  private static Map<String, Benchmark> byId() {
    Map<String, Benchmark> byId = new TreeMap<>();
    for (Benchmark benchmark : ALL) {
      if (byId.put(benchmark.id(), benchmark) != null) {
        throw new IllegalStateException("two benchmarks are called " + benchmark.id());
      }
    }
    return byId;
  }
}
