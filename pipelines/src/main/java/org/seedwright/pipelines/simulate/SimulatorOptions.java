package org.seedwright.pipelines.simulate;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the simulated teacher behaves.
 *
 * @param seed of every draw
 * @param shares of the requests a fault can befall that it does befall, 0 to 1; a fault that is not
 *     named has share 0; for each kind of prompt they add up to 1 at most
 * @param conditions how it goes between server and clients, outside the script
 * @param script phases in which it goes otherwise, one after another
 * @param dripEvery between two bytes of a dripping reply, 1 ms to 1 hour
 * @param canned whether every request has the same small reply and no prompt is read
 * @param requiredKey which every request must carry
 * @param log file to which a line is appended for each request received and answered
 */
public record SimulatorOptions(
    long seed,
    Map<Fault, Double> shares,
    Conditions conditions,
    List<Phase> script,
    Duration dripEvery,
    boolean canned,
    Optional<RequiredKey> requiredKey,
    Optional<Path> log) {

  /** Share of each fault unless told otherwise. */
  public static final double DEFAULT_SHARE = 0.02;

  private static final Duration SHORTEST_DRIP = Duration.ofMillis(1);
  private static final Duration LONGEST_DRIP = Duration.ofHours(1);

  public SimulatorOptions {
    requireNonNull(requiredKey, "requiredKey is null");
    requireNonNull(log, "log is null");
    shares = complete(shares);
    script = List.copyOf(script);
    if (!script.isEmpty() && script.get(0).conditions().down().equals(Optional.of(Down.REFUSED))) {
      throw new IllegalArgumentException(
          "the first phase cannot be 'down: refused': it begins with the first request");
    }
    if (dripEvery.compareTo(SHORTEST_DRIP) < 0 || dripEvery.compareTo(LONGEST_DRIP) > 0) {
      throw new IllegalArgumentException("drip must be 1 ms to 1 hour, but was " + dripEvery);
    }
  }

  private static Map<Fault, Double> complete(Map<Fault, Double> shares) {
    Map<Fault, Double> all = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      double share = shares.getOrDefault(fault, 0.0);
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "share of %s must be 0 to 1, but was %s".formatted(fault.id(), share));
      }
      all.put(fault, share);
    }
    for (PromptKind kind : PromptKind.values()) {
      double sum = 0;
      for (Map.Entry<Fault, Double> share : all.entrySet()) {
        sum += share.getKey().suits(kind) ? share.getValue() : 0;
      }
      // Room for the rounding of a sum of shares such as 0.1.
      if (sum > 1 + 1e-9) {
        throw new IllegalArgumentException(
            "shares of the faults of %s must add up to 1 at most, but add up to %s"
                .formatted(kind.id(), sum));
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /** Every fault with {@link #DEFAULT_SHARE}, fair conditions, no log. */
  public static SimulatorOptions defaults() {
    Map<Fault, Double> shares = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      shares.put(fault, DEFAULT_SHARE);
    }
    return new SimulatorOptions(
        0,
        shares,
        Conditions.fair(),
        List.of(),
        Duration.ofMillis(100),
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** The same with another seed. */
  public SimulatorOptions withSeed(long other) {
    return new SimulatorOptions(
        other, shares, conditions, script, dripEvery, canned, requiredKey, log);
  }

  /** The same with other shares; what is not named has share 0. */
  public SimulatorOptions withShares(Map<Fault, Double> others) {
    return new SimulatorOptions(
        seed, others, conditions, script, dripEvery, canned, requiredKey, log);
  }

  /** The same with other conditions outside the script. */
  public SimulatorOptions withConditions(Conditions others) {
    return new SimulatorOptions(seed, shares, others, script, dripEvery, canned, requiredKey, log);
  }

  /** The same with another latency outside the script. */
  public SimulatorOptions withLatency(Duration other) {
    return withConditions(conditions.withLatency(other));
  }

  /** The same with other transport faults outside the script; what is not named has share 0. */
  public SimulatorOptions withTransportFaults(Map<TransportFault, Double> others) {
    return withConditions(conditions.withFaults(others));
  }

  /** The same with other limits outside the script. */
  public SimulatorOptions withLimits(ServerLimits others) {
    return withConditions(conditions.withLimits(others));
  }

  /** The same with another script. */
  public SimulatorOptions withScript(List<Phase> phases) {
    return new SimulatorOptions(
        seed, shares, conditions, phases, dripEvery, canned, requiredKey, log);
  }

  /** The same with another wait between the bytes of a dripping reply. */
  public SimulatorOptions withDripEvery(Duration other) {
    return new SimulatorOptions(seed, shares, conditions, script, other, canned, requiredKey, log);
  }

  /** The same, but every request has the same small reply. */
  public SimulatorOptions withCannedReplies() {
    return new SimulatorOptions(
        seed, shares, conditions, script, dripEvery, true, requiredKey, log);
  }

  /** The same with a key that every request must carry. */
  public SimulatorOptions withRequiredKey(RequiredKey key) {
    return new SimulatorOptions(
        seed, shares, conditions, script, dripEvery, canned, Optional.of(key), log);
  }

  /** The same with a log. */
  public SimulatorOptions withLog(Path file) {
    return new SimulatorOptions(
        seed, shares, conditions, script, dripEvery, canned, requiredKey, Optional.of(file));
  }
}
