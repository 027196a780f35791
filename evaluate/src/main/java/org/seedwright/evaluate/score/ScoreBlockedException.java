package org.seedwright.evaluate.score;

import java.util.Collection;
import java.util.List;

/**
 * No score can be said: the machine failed where a verdict on a generation was wanted. A machine's
 * failure is never counted as the model's.
 */
public final class ScoreBlockedException extends RuntimeException {
  /** How many are named in the message. */
  private static final int NAMED = 10;

  private ScoreBlockedException(String message) {
    super(message);
  }

  /**
   * Refuses verdicts of the machine.
   *
   * @throws ScoreBlockedException if one is there, or no verdict at all
   */
  public static void throwIfMachineFailed(Collection<Judged> judged) {
    if (judged.isEmpty()) {
      throw new ScoreBlockedException("no score: there is no verdict");
    }
    List<String> failed =
        judged.stream()
            .filter(one -> !one.outcome().verdict().isOfTheProgram())
            .map(
                one ->
                    "%s generation %d: %s"
                        .formatted(one.taskId(), one.ordinal(), one.outcome().verdict().id()))
            .sorted()
            .toList();
    if (!failed.isEmpty()) {
      throw new ScoreBlockedException(
          "no score: the machine failed on %d of %d generations (%s%s)"
              .formatted(
                  failed.size(),
                  judged.size(),
                  String.join("; ", failed.subList(0, Math.min(NAMED, failed.size()))),
                  failed.size() > NAMED ? "; …" : ""));
    }
  }
}
