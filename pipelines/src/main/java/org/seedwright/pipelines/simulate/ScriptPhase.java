package org.seedwright.pipelines.simulate;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One phase of a script as its file has it. */
final class ScriptPhase {
  private static final List<String> KEYS =
      List.of(
          "requests",
          "seconds",
          "faults",
          "latency",
          "jitter",
          "requests-per-second",
          "tokens-per-minute",
          "max-open",
          "retry-after",
          "down");

  private final Map<?, ?> values;

  private ScriptPhase(Map<?, ?> values) {
    this.values = values;
  }

  static Phase of(Object node, Conditions ordinary) {
    if (!(node instanceof Map<?, ?> values)) {
      throw new IllegalArgumentException(
          "needs keys of %s, but was '%s'".formatted(String.join(", ", KEYS), node));
    }
    for (Object key : values.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "'%s' is not a key here; known: %s".formatted(key, String.join(", ", KEYS)));
      }
    }
    return new ScriptPhase(values).phase(ordinary);
  }

  private Phase phase(Conditions ordinary) {
    return new Phase(
        whole("requests"),
        number("seconds").map(seconds -> Duration.ofNanos(Math.round(seconds * 1e9))),
        new Conditions(
            value("faults").map(ScriptPhase::faults).orElse(ordinary.faults()),
            time("latency").orElse(ordinary.latency()),
            time("jitter").orElse(ordinary.jitter()),
            limits(ordinary.limits()),
            value("down").map(word -> word("down", word, Arrays.asList(Down.values()), Down::id))));
  }

  private ServerLimits limits(ServerLimits ordinary) {
    return new ServerLimits(
        number("requests-per-second").or(ordinary::requestsPerSecond),
        whole("tokens-per-minute").or(ordinary::tokensPerMinute),
        whole("max-open")
            .map(open -> (int) Math.min(open, Integer.MAX_VALUE))
            .or(ordinary::maxOpen),
        value("retry-after")
            .map(
                word ->
                    word("retry-after", word, Arrays.asList(RetryAfter.values()), RetryAfter::id))
            .orElse(ordinary.retryAfter()));
  }

  private Optional<Object> value(String key) {
    if (values.containsKey(key) && values.get(key) == null) {
      throw new IllegalArgumentException(key + " has no value");
    }
    return Optional.ofNullable(values.get(key));
  }

  private Optional<Long> whole(String key) {
    return value(key)
        .map(
            value -> {
              if (value instanceof Integer || value instanceof Long) {
                return ((Number) value).longValue();
              }
              throw wrong(key, "a whole number", value);
            });
  }

  private Optional<Double> number(String key) {
    return value(key).map(value -> number(key, value));
  }

  private static double number(String key, Object value) {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw wrong(key, "a number", value);
  }

  private Optional<Duration> time(String key) {
    return value(key).map(value -> Span.parse(key, String.valueOf(value)));
  }

  private static Map<TransportFault, Double> faults(Object value) {
    if (!(value instanceof Map<?, ?> named)) {
      throw wrong("faults", "a mapping of fault to share", value);
    }
    var shares = new LinkedHashMap<String, Double>();
    named.forEach(
        (name, share) -> shares.put(String.valueOf(name), number("share of " + name, share)));
    return TransportShares.of("faults", shares);
  }

  private static <T> T word(String key, Object value, List<T> known, Function<T, String> id) {
    return known.stream()
        .filter(one -> id.apply(one).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(key, "one of " + String.join(", ", known.stream().map(id).toList()), value));
  }

  private static IllegalArgumentException wrong(String key, String range, Object value) {
    return new IllegalArgumentException("%s must be %s, but was '%s'".formatted(key, range, value));
  }
}
