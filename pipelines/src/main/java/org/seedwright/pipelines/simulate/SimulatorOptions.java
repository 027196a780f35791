package org.seedwright.pipelines.simulate;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the simulated teacher behaves.
 *
 * @param seed of the draw that gives each request its fault or none
 * @param shares of the requests a fault can befall that it does befall, 0 to 1; a fault that is not
 *     named has share 0; for each kind of prompt they add up to 1 at most
 * @param latency before each reply, 0 or more
 * @param threads replies at once, 1 to 4096
 * @param log file to which a line is appended for each request received and answered
 */
public record SimulatorOptions(
    long seed, Map<Fault, Double> shares, Duration latency, int threads, Optional<Path> log) {

  /** Share of each fault unless told otherwise. */
  public static final double DEFAULT_SHARE = 0.02;

  private static final int MOST_THREADS = 4096;

  public SimulatorOptions {
    requireNonNull(log, "log is null");
    Map<Fault, Double> all = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      double share = shares.getOrDefault(fault, 0.0);
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "share of %s must be 0 to 1, but was %s".formatted(fault.id(), share));
      }
      all.put(fault, share);
    }
    shares = Collections.unmodifiableMap(all);
    for (PromptKind kind : PromptKind.values()) {
      double sum = 0;
      for (Map.Entry<Fault, Double> share : shares.entrySet()) {
        sum += share.getKey().suits(kind) ? share.getValue() : 0;
      }
      // Room for the rounding of a sum of shares such as 0.1.
      if (sum > 1 + 1e-9) {
        throw new IllegalArgumentException(
            "shares of the faults of %s must add up to 1 at most, but add up to %s"
                .formatted(kind.id(), sum));
      }
    }
    if (latency.isNegative()) {
      throw new IllegalArgumentException("latency must be 0 or more, but was " + latency);
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads must be 1 to %d, but was %d".formatted(MOST_THREADS, threads));
    }
  }

  /** Every fault with {@link #DEFAULT_SHARE}, no latency, no log. */
  public static SimulatorOptions defaults() {
    Map<Fault, Double> shares = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      shares.put(fault, DEFAULT_SHARE);
    }
    return new SimulatorOptions(0, shares, Duration.ZERO, 256, Optional.empty());
  }

  /** The same with another seed. */
  public SimulatorOptions withSeed(long other) {
    return new SimulatorOptions(other, shares, latency, threads, log);
  }

  /** The same with other shares; what is not named has share 0. */
  public SimulatorOptions withShares(Map<Fault, Double> others) {
    return new SimulatorOptions(seed, others, latency, threads, log);
  }

  /** The same with another latency. */
  public SimulatorOptions withLatency(Duration other) {
    return new SimulatorOptions(seed, shares, other, threads, log);
  }

  /** The same with a log. */
  public SimulatorOptions withLog(Path file) {
    return new SimulatorOptions(seed, shares, latency, threads, Optional.of(file));
  }

  /** The same with another number of replies at once. */
  public SimulatorOptions withThreads(int others) {
    return new SimulatorOptions(seed, shares, latency, others, log);
  }
}
