package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.Optional;

/** When tries at one teacher may be sent. Is told the time, so that it can be tried without one. */
final class Flow {
  /** Time does not help: a slot must end first. */
  static final long UNTIL_A_SLOT_ENDS = Long.MAX_VALUE;

  /** A try between being sent and being durable. */
  static final class Slot {
    final long sent;
    final long tokens;
    final boolean probe;

    Slot(long sent, long tokens, boolean probe) {
      this.sent = sent;
      this.tokens = tokens;
      this.probe = probe;
    }
  }

  private final FlowLimits limits;
  private int open;
  private long pausedUntil = Long.MIN_VALUE;

  Flow(FlowLimits limits) {
    this.limits = limits;
  }

  int open() {
    return open;
  }

  long nanosUntilSent(long now, long tokens) {
    if (open >= limits.concurrency()) {
      return UNTIL_A_SLOT_ENDS;
    }
    return pausedUntil == Long.MIN_VALUE ? 0 : Math.max(0, pausedUntil - now);
  }

  Slot sent(long now, long tokens) {
    open++;
    return new Slot(now, tokens, false);
  }

  void replied(Slot slot, long now, long tokens) {}

  Optional<Duration> failed(Slot slot, long now, TeacherException failure) {
    if (failure instanceof RetriableTeacherException retriable
        && retriable.retryAfter().isPresent()) {
      pausedUntil = now + retriable.retryAfter().get().toNanos();
    }
    return Optional.empty();
  }

  void ended(Slot slot) {
    open--;
  }
}
