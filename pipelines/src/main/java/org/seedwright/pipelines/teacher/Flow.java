package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.Optional;

/**
 * When tries at one teacher may be sent: limits of the experiment, what the server bears and what
 * it asks for. Is told the time in nanoseconds and keeps none, so that hours of it can be tried in
 * no time. Used under a lock.
 */
final class Flow {
  /** Time does not help: a slot must end first. */
  static final long UNTIL_A_SLOT_ENDS = Long.MAX_VALUE;

  /** A try between being sent and being durable. */
  static final class Slot {
    private final long sent;
    private final Pace.Stamp pace;
    private final boolean probe;
    private Optional<SlidingMinute.Entry> tokens = Optional.empty();

    private Slot(long sent, Pace.Stamp pace, boolean probe) {
      this.sent = sent;
      this.pace = pace;
      this.probe = probe;
    }

    /** Whether it was sent to see if the server is there again. */
    boolean isProbe() {
      return probe;
    }
  }

  private final AdaptiveConcurrency concurrency;
  private final Pace pace = new Pace();
  private final Circuit circuit;
  private final Optional<SlidingMinute> requests;
  private final Optional<SlidingMinute> tokens;
  private final long longestPause;
  private int open;
  private boolean paused;
  private long pausedUntil;

  /**
   * @param longestPause the most that a server's wish to be left alone is obeyed
   */
  Flow(FlowLimits limits, Duration longestPause) {
    this.concurrency = new AdaptiveConcurrency(limits.concurrency());
    this.circuit = new Circuit(limits.giveUpAfter());
    this.requests =
        limits.requestsPerMinute().isPresent()
            ? Optional.of(new SlidingMinute(limits.requestsPerMinute().getAsInt()))
            : Optional.empty();
    this.tokens =
        limits.tokensPerMinute().isPresent()
            ? Optional.of(new SlidingMinute(limits.tokensPerMinute().getAsLong()))
            : Optional.empty();
    this.longestPause = longestPause.toNanos();
  }

  /** Tries that are sent and not durable yet. */
  int open() {
    return open;
  }

  /**
   * How long to wait until a try may be sent, if nothing else happens.
   *
   * @param most tokens that it can cost; not above the limit on tokens
   */
  long nanosUntilSent(long now, long most) {
    long wait = pace.nanosUntilSent(now);
    if (circuit.isOpen()) {
      wait = Math.max(wait, circuit.nanosUntilProbe(now));
    } else if (open >= concurrency.limit()) {
      wait = UNTIL_A_SLOT_ENDS;
    }
    if (wait == UNTIL_A_SLOT_ENDS) {
      return wait;
    }
    if (paused) {
      wait = Math.max(wait, pausedUntil - now);
    }
    if (requests.isPresent()) {
      wait = Math.max(wait, requests.get().nanosUntil(now, 1));
    }
    if (tokens.isPresent()) {
      wait = Math.max(wait, tokens.get().nanosUntil(now, most));
    }
    return wait;
  }

  /** Takes a slot; only when {@link #nanosUntilSent} is 0. */
  Slot sent(long now, long most) {
    open++;
    paused = false;
    concurrency.sent(open);
    requests.ifPresent(minute -> minute.spend(now, 1));
    var slot = new Slot(now, pace.sent(now), circuit.isOpen());
    if (slot.probe) {
      circuit.probe();
    }
    slot.tokens = tokens.map(minute -> minute.spend(now, most));
    return slot;
  }

  /**
   * The whole reply is there.
   *
   * @param cost its tokens, with those of the prompt
   */
  void replied(Slot slot, long now, long cost) {
    circuit.answered();
    concurrency.answered(slot.sent);
    pace.answered(slot.sent, now);
    correct(slot, now, cost);
  }

  /**
   * The try failed.
   *
   * @return how long the server has been down, if that is longer than the run waits
   */
  Optional<Duration> failed(Slot slot, long now, TeacherException failure) {
    if (!failure.mayBeBilled()) {
      correct(slot, now, 0);
    }
    Optional<Duration> down = judge(slot, now, failure);
    obey(now, failure);
    return down;
  }

  private Optional<Duration> judge(Slot slot, long now, TeacherException failure) {
    switch (failure.kind()) {
      case RATE_LIMIT -> {
        circuit.answered();
        pace.refused(slot.pace, slot.sent, now);
      }
      case TIMEOUT, CONNECTION, SERVER_ERROR -> {
        concurrency.failed(slot.sent, now, failure.kind() == FailureKind.TIMEOUT);
        return circuit.failed(now, slot.probe, concurrency.limit());
      }
      case BAD_REQUEST, BAD_KEY, UNKNOWN_MODEL, OUT_OF_CREDIT -> circuit.answered();
      case MALFORMED_REPLY, UNKNOWN_REQUEST, PROVIDER_DOWN, OVER_BUDGET, NOT_SENT -> {
        // Says nothing about what the server bears.
      }
    }
    return Optional.empty();
  }

  private void obey(long now, TeacherException failure) {
    if (failure instanceof RetriableTeacherException retriable
        && retriable.retryAfter().isPresent()) {
      // A long of nanoseconds ends after 292 years; a server may say anything.
      Duration asked = retriable.retryAfter().get();
      long nanos =
          asked.compareTo(Duration.ofNanos(longestPause)) < 0 ? asked.toNanos() : longestPause;
      pausedUntil = paused ? Math.max(pausedUntil, now + nanos) : now + nanos;
      paused = true;
      pace.rest(pausedUntil);
    }
  }

  private void correct(Slot slot, long now, long cost) {
    slot.tokens.ifPresent(entry -> tokens.orElseThrow().correct(entry, now, cost));
  }

  /** Gives a slot back, after what came of it was told or because nothing did. */
  void ended(Slot slot) {
    open--;
    pace.ended(slot.pace);
    if (slot.probe) {
      circuit.probed();
    }
  }
}
