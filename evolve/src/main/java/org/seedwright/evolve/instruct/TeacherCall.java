package org.seedwright.evolve.instruct;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One reply behind a sample, as a data card needs it.
 *
 * @param role teacher's role in the experiment, such as {@code evolve} or {@code judge}
 * @param promptId {@link org.seedwright.evolve.Prompt#id()}
 * @param promptDigest digest of the prompt as it was sent
 * @param requestKey key of the request in the response store
 * @param model model that was asked for
 * @param servedModel model that the server says has answered
 * @param temperature where the request gave one
 * @param topP where the request gave one, 0 to 1
 * @param ending how the reply ended
 * @param inputTokens at least 0
 * @param outputTokens at least 0
 */
public record TeacherCall(
    String role,
    String promptId,
    String promptDigest,
    String requestKey,
    String model,
    String servedModel,
    Optional<Double> temperature,
    Optional<Double> topP,
    String ending,
    long inputTokens,
    long outputTokens) {
  public TeacherCall {
    requireNonNull(role, "role is null");
    requireNonNull(promptId, "promptId is null");
    requireNonNull(promptDigest, "promptDigest is null");
    requireNonNull(requestKey, "requestKey is null");
    requireNonNull(model, "model is null");
    requireNonNull(servedModel, "servedModel is null");
    requireNonNull(temperature, "temperature is null");
    requireNonNull(topP, "topP is null");
    requireNonNull(ending, "ending is null");
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException(
          "tokens must be at least 0, but were %d in and %d out"
              .formatted(inputTokens, outputTokens));
    }
  }
}
