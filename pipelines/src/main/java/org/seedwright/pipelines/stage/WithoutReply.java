package org.seedwright.pipelines.stage;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.seedwright.pipelines.teacher.Answer;
import org.seedwright.pipelines.teacher.FailureKind;

/**
 * Requests that stayed without a reply.
 *
 * @param overBudget of these, how many the budget stopped
 * @param examples what was said of the first; what the budget stopped comes before the others
 */
record WithoutReply(long count, long overBudget, List<String> examples) {
  static final WithoutReply NONE = new WithoutReply(0, 0, List.of());
  private static final int EXAMPLES = 3;

  WithoutReply {
    examples = List.copyOf(examples);
  }

  static WithoutReply of(List<Answer.Unanswered> unanswered) {
    return new WithoutReply(
        unanswered.size(),
        unanswered.stream().filter(WithoutReply::isOverBudget).count(),
        unanswered.stream()
            // What ended the budget comes first, before what was not sent for it.
            .sorted(Comparator.comparing(one -> !isOverBudget(one)))
            .limit(EXAMPLES)
            .map(Answer.Unanswered::message)
            .toList());
  }

  private static boolean isOverBudget(Answer.Unanswered one) {
    return one.kind() == FailureKind.OVER_BUDGET;
  }

  /** Adds what another shard left. */
  WithoutReply plus(WithoutReply other) {
    // Of a shard that the budget stopped, its examples come first.
    boolean otherFirst = overBudget == 0 && other.overBudget > 0;
    return new WithoutReply(
        count + other.count,
        overBudget + other.overBudget,
        Stream.concat(
                (otherFirst ? other : this).examples.stream(),
                (otherFirst ? this : other).examples.stream())
            .limit(EXAMPLES)
            .toList());
  }

  /**
   * Ends a step where there are any.
   *
   * @throws StageStoppedException saying how the rest is asked for
   */
  void stop(String job) {
    if (count == 0) {
      return;
    }
    String remedy =
        overBudget > 0
            ? "with a larger budget in limits the same command asks for these only"
            : "run the same command again to ask for these only";
    var text = new StringBuilder("%s: %d requests have no reply; %s".formatted(job, count, remedy));
    examples.forEach(example -> text.append("\n  ").append(example));
    throw new StageStoppedException(text.toString());
  }
}
