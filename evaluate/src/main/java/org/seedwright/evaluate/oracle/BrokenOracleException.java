package org.seedwright.evaluate.oracle;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.seedwright.evaluate.execution.Outcome;

/** No score may be said: references fail here, are absent, or could not be run. */
public final class BrokenOracleException extends RuntimeException {
  private static final int NAMED = 20;

  private BrokenOracleException(String message) {
    super(message);
  }

  static BrokenOracleException broken(
      String benchmark, int references, Map<String, Outcome> broken) {
    return new BrokenOracleException(
        "benchmark %s: the reference solutions of %d of %d tasks fail here: %s; no score is said"
                .formatted(benchmark, broken.size(), references, named(broken))
            + " (--allow-broken leaves these tasks out)");
  }

  static BrokenOracleException withoutReference(String benchmark, List<String> tasks) {
    return new BrokenOracleException(
        "benchmark %s: %d tasks have no reference solution: %s; no score is said (--no-oracle scores"
                .formatted(benchmark, tasks.size(), first(tasks))
            + " them all the same, and the score's name says so)");
  }

  static BrokenOracleException ofTheMachine(String benchmark, Map<String, Outcome> failed) {
    return new BrokenOracleException(
        "benchmark %s: the machine failed on the references of %d tasks: %s"
            .formatted(benchmark, failed.size(), named(failed)));
  }

  private static String named(Map<String, Outcome> outcomes) {
    return first(
        outcomes.entrySet().stream()
            .map(
                entry ->
                    "%s (%s%s)"
                        .formatted(
                            entry.getKey(),
                            entry.getValue().verdict().id(),
                            entry.getValue().reason().isEmpty()
                                ? ""
                                : ": " + entry.getValue().reason()))
            .toList());
  }

  private static String first(List<String> texts) {
    return texts.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (texts.size() > NAMED ? ", …" : "");
  }
}
