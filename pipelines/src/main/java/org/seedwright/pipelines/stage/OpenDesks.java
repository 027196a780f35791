package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.seedwright.pipelines.teacher.AnswerCounts;

/** The desks of this process: the slots of a worker that answer at a time share one. */
final class OpenDesks {
  private static final Map<AnswerSettings, Shared> OPEN = new HashMap<>();

  private static final class Shared {
    private final AnswerSettings.Desk desk;
    private final Map<String, FirstReplies> steps = new HashMap<>();
    private int users;

    Shared(AnswerSettings.Desk desk) {
      this.desk = desk;
    }
  }

  private OpenDesks() {}

  /** Returns the desk of these settings; to be left once for each time it was entered. */
  static synchronized AnswerSettings.Desk enter(AnswerSettings settings) throws IOException {
    Shared shared = OPEN.get(settings);
    if (shared == null) {
      shared = new Shared(settings.open());
      OPEN.put(settings, shared);
    }
    shared.users++;
    return shared.desk;
  }

  /**
   * Returns what the users of a desk know of the first replies of a step.
   *
   * @param step tells it from the others that the desk answers
   */
  static synchronized FirstReplies watched(AnswerSettings settings, String step) {
    return OPEN.get(settings).steps.computeIfAbsent(step, each -> FirstReplies.watched());
  }

  /**
   * Leaves a desk; the last one closes it.
   *
   * @return what the desk did, where it was closed
   */
  static synchronized Optional<AnswerCounts> leave(AnswerSettings settings) throws IOException {
    Shared shared = OPEN.get(settings);
    if (--shared.users > 0) {
      return Optional.empty();
    }
    OPEN.remove(settings);
    try {
      return Optional.of(shared.desk.answering().counts());
    } finally {
      shared.desk.close();
    }
  }
}
