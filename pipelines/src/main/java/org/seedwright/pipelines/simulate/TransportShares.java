package org.seedwright.pipelines.simulate;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads shares of transport faults by name. */
public final class TransportShares {
  /** Stands for every fault after which the same request may succeed, and that is not named. */
  public static final String ALL = "all";

  private TransportShares() {}

  /**
   * Returns the shares by fault.
   *
   * @throws IllegalArgumentException when a name is unknown; it lists the known ones
   */
  public static Map<TransportFault, Double> of(String option, Map<String, Double> named) {
    Map<TransportFault, Double> shares = new EnumMap<>(TransportFault.class);
    Optional.ofNullable(named.get(ALL))
        .ifPresent(
            share ->
                Arrays.stream(TransportFault.values())
                    .filter(TransportFault::passes)
                    .forEach(fault -> shares.put(fault, share)));
    named.forEach(
        (name, share) -> {
          if (!name.equals(ALL)) {
            shares.put(fault(option, name), share);
          }
        });
    return shares;
  }

  private static TransportFault fault(String option, String name) {
    for (TransportFault fault : TransportFault.values()) {
      if (fault.id().equals(name)) {
        return fault;
      }
    }
    throw new IllegalArgumentException(
        "%s: there is no fault '%s'; known: %s, %s"
            .formatted(
                option,
                name,
                ALL,
                String.join(
                    ", ",
                    Arrays.stream(TransportFault.values()).map(TransportFault::id).toList())));
  }
}
