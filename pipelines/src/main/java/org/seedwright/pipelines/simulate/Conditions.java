package org.seedwright.pipelines.simulate;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.seedwright.evolve.Draw;

/**
 * How it goes between the server and its clients for a while.
 *
 * @param faults share of the tries that each fault befalls, 0 to 1, together 1 at most; a fault
 *     that is not named has share 0
 * @param latency before each reply and fault, 0 to 1 hour
 * @param jitter by how much that is longer or shorter at most, drawn for each try, 0 to 1 hour
 */
public record Conditions(
    Map<TransportFault, Double> faults,
    Duration latency,
    Duration jitter,
    ServerLimits limits,
    Optional<Down> down) {

  /** Parts of which a share is made. */
  private static final long PARTS = 1_000_000_000;

  private static final Duration LONGEST = Duration.ofHours(1);

  public Conditions {
    Map<TransportFault, Double> all = new EnumMap<>(TransportFault.class);
    double sum = 0;
    for (TransportFault fault : TransportFault.values()) {
      double share = faults.getOrDefault(fault, 0.0);
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "share of %s must be 0 to 1, but was %s".formatted(fault.id(), share));
      }
      sum += share;
      all.put(fault, share);
    }
    // Room for the rounding of a sum of shares such as 0.1.
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "shares of transport faults must add up to 1 at most, but add up to " + sum);
    }
    faults = Collections.unmodifiableMap(all);
    inRange("latency", latency);
    inRange("jitter", jitter);
  }

  private static void inRange(String option, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be 0 or more, at most 1 hour, but was %s".formatted(option, value));
    }
  }

  /** Nothing goes wrong, at once. */
  public static Conditions fair() {
    return new Conditions(
        Map.of(), Duration.ZERO, Duration.ZERO, ServerLimits.none(), Optional.empty());
  }

  /** The same with other faults; what is not named has share 0. */
  public Conditions withFaults(Map<TransportFault, Double> others) {
    return new Conditions(others, latency, jitter, limits, down);
  }

  /** The same with another latency. */
  public Conditions withLatency(Duration other) {
    return new Conditions(faults, other, jitter, limits, down);
  }

  /** The same with another jitter. */
  public Conditions withJitter(Duration other) {
    return new Conditions(faults, latency, other, limits, down);
  }

  /** The same with other limits. */
  public Conditions withLimits(ServerLimits others) {
    return new Conditions(faults, latency, jitter, others, down);
  }

  /** The same, but down. */
  public Conditions down(Down how) {
    return new Conditions(faults, latency, jitter, limits, Optional.of(how));
  }

  /** What befalls one try of a request, the same for the same seed, key and try. */
  Optional<TransportFault> fault(long seed, String key, long attempt) {
    long at = Draw.of(seed, "transport-fault", key, Long.toString(attempt)).nextLong(PARTS);
    double below = 0;
    for (Map.Entry<TransportFault, Double> share : faults.entrySet()) {
      below += share.getValue() * PARTS;
      if (at < Math.round(below)) {
        return Optional.of(share.getKey());
      }
    }
    return Optional.empty();
  }

  /** How long one try waits, the same for the same seed, key and try. */
  Duration wait(long seed, String key, long attempt) {
    if (jitter.isZero()) {
      return latency;
    }
    long most = jitter.toNanos();
    long drawn =
        Draw.of(seed, "transport-jitter", key, Long.toString(attempt)).nextLong(2 * most + 1);
    return Duration.ofNanos(Math.max(0, latency.toNanos() + drawn - most));
  }
}
