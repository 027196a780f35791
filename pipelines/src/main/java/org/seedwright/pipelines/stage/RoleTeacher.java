package org.seedwright.pipelines.stage;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.seedwright.pipelines.store.Decoding;

/**
 * Whom a stage asks, as far as it can change an answer.
 *
 * @param role such as {@code evolve}
 * @param model name of the model
 * @param temperature as given, else the server's own
 * @param topP as given, else the server's own
 * @param seed as given
 * @param stop texts that end a reply
 * @param maxOutputTokens cap on the reply, thinking included
 */
public record RoleTeacher(
    String role,
    String model,
    Optional<Double> temperature,
    Optional<Double> topP,
    Optional<Long> seed,
    List<String> stop,
    int maxOutputTokens) {
  public RoleTeacher {
    stop = List.copyOf(stop);
  }

  Decoding decoding() {
    return new Decoding(temperature, topP, seed, stop);
  }

  /** What a Beam worker gets; records with optional components are not serializable. */
  Shipped shipped() {
    return new Shipped(
        role,
        model,
        temperature.orElse(null),
        topP.orElse(null),
        seed.orElse(null),
        stop,
        maxOutputTokens);
  }

  /** The same, for the way to a worker. */
  record Shipped(
      String role,
      String model,
      Double temperature,
      Double topP,
      Long seed,
      List<String> stop,
      int maxOutputTokens)
      implements Serializable {
    RoleTeacher arrived() {
      return new RoleTeacher(
          role,
          model,
          Optional.ofNullable(temperature),
          Optional.ofNullable(topP),
          Optional.ofNullable(seed),
          stop,
          maxOutputTokens);
    }
  }
}
