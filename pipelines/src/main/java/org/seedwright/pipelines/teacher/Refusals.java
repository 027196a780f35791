package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.Optional;

/** What a service means by a status that is no success. */
interface Refusals {
  /** As OpenAI and most who speak its protocol mean it. */
  Refusals USUAL = new Refusals() {};

  /** Returns what such a reply means for this request and those that follow. */
  default FailureKind kind(int status, String body) {
    return WholeReplies.kind(status, body);
  }

  /** Returns how long the body asks to be left alone, where no header does. */
  default Optional<Duration> retryAfter(String body) {
    return Optional.empty();
  }
}
