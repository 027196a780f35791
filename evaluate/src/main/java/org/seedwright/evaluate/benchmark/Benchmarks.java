package org.seedwright.evaluate.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every benchmark that has a name here. Adding one is one class and one line in {@link #all()}. */
public final class Benchmarks {
  private static final List<Benchmark> ALL =
      Stream.of(
              HumanEval.all(),
              HumanEvalPlus.all(),
              Mbpp.all(),
              MbppPlus.all(),
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

  /**
   * The benchmark of this id, if there is one. The current version of a benchmark is called by its
   * id alone and by {@code ID@VERSION}; older ones only by the latter.
   */
  public static Optional<Benchmark> find(String id) {
    return Optional.ofNullable(BY_ID.get(id)).or(() -> ofVersion(id));
  }

  private static Optional<Benchmark> ofVersion(String id) {
    int at = id.lastIndexOf('@');
    return at < 0
        ? Optional.empty()
        : Optional.ofNullable(BY_ID.get(id.substring(0, at)))
            .filter(benchmark -> benchmark.version().equals(id.substring(at + 1)));
  }

  /** Those whose answers can be run here. */
  public static List<ExecutableBenchmark> executable() {
    return ALL.stream()
        .filter(ExecutableBenchmark.class::isInstance)
        .map(ExecutableBenchmark.class::cast)
        .toList();
  }

  /**
   * The benchmark of this id, to be run.
   *
   * @throws IllegalArgumentException if there is none or its answers cannot be run here; the
   *     message lists those whose can
   */
  public static ExecutableBenchmark executable(String id) {
    return find(id)
        .filter(ExecutableBenchmark.class::isInstance)
        .map(ExecutableBenchmark.class::cast)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no benchmark that can be executed is called '%s'; those are %s"
                        .formatted(
                            id,
                            executable().stream()
                                .map(Benchmark::id)
                                .sorted()
                                .collect(Collectors.joining(", ")))));
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
