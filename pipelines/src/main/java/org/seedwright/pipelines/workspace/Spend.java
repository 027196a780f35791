package org.seedwright.pipelines.workspace;

import static java.util.Objects.requireNonNull;

/**
 * What one role was asked for in a round by one heuristic, and what that cost.
 *
 * @param role of the teacher, such as {@code evolve}
 * @param round of the rows; 0 before any evolution
 * @param heuristic that made the row which asks, or that made the sample which is answered or
 *     judged; empty before any evolution
 * @param requests equal ones count each
 * @param paidCalls of these, answered by a provider when the stage was computed
 * @param paidNanoUsd what those replies cost, in billionths of a dollar
 * @param inputTokens of the prompts of all its replies, whoever paid for them and when
 * @param outputTokens of all its replies
 * @param repliesNanoUsd what all its replies cost at the prices of the run that computed the stage
 */
public record Spend(
    String role,
    int round,
    String heuristic,
    long requests,
    long paidCalls,
    long paidNanoUsd,
    long inputTokens,
    long outputTokens,
    long repliesNanoUsd) {
  public Spend {
    requireNonNull(role, "role is null");
    requireNonNull(heuristic, "heuristic is null");
  }

  /** What is told apart; lines of equal subjects are added up. */
  record Subject(String role, int round, String heuristic) {}

  Subject subject() {
    return new Subject(role, round, heuristic);
  }

  /** Returns the sum of two lines of one subject. */
  Spend plus(Spend other) {
    if (!subject().equals(other.subject())) {
      throw new IllegalArgumentException("%s is not %s".formatted(subject(), other.subject()));
    }
    return new Spend(
        role,
        round,
        heuristic,
        requests + other.requests,
        paidCalls + other.paidCalls,
        paidNanoUsd + other.paidNanoUsd,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        repliesNanoUsd + other.repliesNanoUsd);
  }
}
