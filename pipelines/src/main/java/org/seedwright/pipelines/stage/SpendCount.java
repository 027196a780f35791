package org.seedwright.pipelines.stage;

import java.util.ArrayList;
import java.util.List;
import org.seedwright.pipelines.teacher.Answer;
import org.seedwright.pipelines.teacher.Price;
import org.seedwright.pipelines.workspace.Spend;
import org.seedwright.pipelines.workspace.TeacherUse;

/** Adds up what the replies of a step cost, by role, round and heuristic. Safe for many threads. */
final class SpendCount {
  /** Lines are folded at this many, so that a step of any size takes little memory. */
  private static final int FOLD = 1000;

  private List<Spend> lines = new ArrayList<>();

  synchronized void add(RequestRow request, Answer.Answered answered, Price price) {
    long cost = price.of(request.request(), answered.reply()).nanoUsd();
    lines.add(
        new Spend(
            request.role(),
            request.round().orElse(0),
            request.heuristic().orElse(""),
            1,
            answered.bought() ? 1 : 0,
            answered.bought() ? cost : 0,
            answered.reply().inputTokens(),
            answered.reply().outputTokens(),
            cost));
    if (lines.size() >= FOLD) {
      lines = new ArrayList<>(folded(lines));
    }
  }

  private static List<Spend> folded(List<Spend> lines) {
    return new TeacherUse(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, lines).spend();
  }

  /** Returns the lines and begins anew. */
  synchronized List<Spend> take() {
    List<Spend> taken = folded(lines);
    lines = new ArrayList<>();
    return taken;
  }
}
