package org.seedwright.pipelines.teacher;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An API key, read from the environment and from nowhere else. It prints as its variable's name,
 * and it strikes itself out of whatever a server says.
 */
final class Secret {
  /** Servers on the own machine want no key, but the protocol's header wants a value. */
  private static final String NO_KEY = "no-key-needed";

  private final Optional<String> variable;
  private final String value;

  private Secret(Optional<String> variable, String value) {
    this.variable = variable;
    this.value = value;
  }

  /**
   * @param variable name of the variable; none for a server that wants no key
   * @throws IllegalArgumentException when the variable is not set, or holds what cannot stand in a
   *     header
   */
  static Secret of(Optional<String> variable, UnaryOperator<String> environment) {
    if (variable.isEmpty()) {
      return new Secret(variable, NO_KEY);
    }
    String found = environment.apply(variable.get());
    if (found == null || found.isBlank()) {
      throw new IllegalArgumentException(
          "the environment variable %s, which is to hold the API key, is not set"
              .formatted(variable.get()));
    }
    String value = found.strip();
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "the environment variable %s holds blanks or characters that no API key has"
              .formatted(variable.get()));
    }
    return new Secret(variable, value);
  }

  String value() {
    return value;
  }

  /** Whether there is a key. */
  boolean present() {
    return variable.isPresent();
  }

  /** The text with the key struck out. */
  String strikeFrom(String text) {
    return variable.isEmpty() ? text : text.replace(value, "[key]");
  }

  @Override
  public String toString() {
    return variable.map(name -> "[key from " + name + "]").orElse("[no key]");
  }
}
