package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A client that always has something to send, and a server, in virtual time: what a {@link Flow}
 * makes of them over minutes is known in milliseconds.
 */
final class SimulatedCalls {
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** What a server does with a request. */
  interface Server {
    Outcome at(long now, int open);
  }

  /**
   * What comes of a request.
   *
   * @param kind of the failure; none for a reply
   * @param tokens of the reply and its prompt
   */
  record Outcome(
      long nanos, Optional<FailureKind> kind, Optional<Duration> retryAfter, long tokens) {
    static Outcome reply(long nanos) {
      return new Outcome(nanos, Optional.empty(), Optional.empty(), 100);
    }

    static Outcome failure(long nanos, FailureKind kind) {
      return new Outcome(nanos, Optional.of(kind), Optional.empty(), 0);
    }
  }

  /** A try as it went. */
  static final class Try {
    final long sent;
    final long worst;
    long ended = Long.MAX_VALUE;
    long cost;

    private Try(long sent, long worst) {
      this.sent = sent;
      this.worst = worst;
    }
  }

  private record Ending(long time, long number, Flow.Slot slot, Try what, Outcome outcome)
      implements Comparable<Ending> {
    @Override
    public int compareTo(Ending other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  final Flow flow;
  private final Server server;
  private final LongSupplier worstCases;
  private long worst;
  private final PriorityQueue<Ending> endings = new PriorityQueue<>();
  final List<Long> sent = new ArrayList<>();
  final List<Try> tries = new ArrayList<>();
  final List<Long> replied = new ArrayList<>();
  int refused;
  int failed;
  int mostOpen;
  Optional<Duration> down = Optional.empty();
  private long now;

  SimulatedCalls(FlowLimits limits, long worst, Server server) {
    this(limits, () -> worst, server);
  }

  /**
   * @param worstCases of the tries, in their order; none above the limit on tokens
   */
  SimulatedCalls(FlowLimits limits, LongSupplier worstCases, Server server) {
    this.flow = new Flow(limits, Duration.ofSeconds(60));
    this.server = server;
    this.worstCases = worstCases;
    this.worst = worstCases.getAsLong();
  }

  SimulatedCalls run(Duration howLong) {
    long end = now + howLong.toNanos();
    while (now < end && down.isEmpty()) {
      while (!endings.isEmpty() && endings.peek().time <= now) {
        end(endings.remove());
      }
      long wait = down.isPresent() ? Flow.UNTIL_A_SLOT_ENDS : flow.nanosUntilSent(now, worst);
      if (wait == 0) {
        send();
      } else {
        long next = endings.isEmpty() ? end : endings.peek().time;
        now = wait == Flow.UNTIL_A_SLOT_ENDS ? next : Math.min(next, now + wait);
      }
    }
    return this;
  }

  private void send() {
    Flow.Slot slot = flow.sent(now, worst);
    sent.add(now);
    var what = new Try(now, worst);
    tries.add(what);
    mostOpen = Math.max(mostOpen, flow.open());
    Outcome outcome = server.at(now, flow.open());
    endings.add(new Ending(now + outcome.nanos(), sent.size(), slot, what, outcome));
    worst = worstCases.getAsLong();
  }

  private void end(Ending ending) {
    Outcome outcome = ending.outcome;
    ending.what.ended = now;
    if (outcome.kind().isEmpty()) {
      flow.replied(ending.slot, now, outcome.tokens());
      replied.add(now);
      ending.what.cost = outcome.tokens();
    } else {
      FailureKind kind = outcome.kind().get();
      failed++;
      refused += kind == FailureKind.RATE_LIMIT ? 1 : 0;
      var failure =
          new RetriableTeacherException(
              kind, OptionalInt.empty(), "simulated", outcome.retryAfter());
      ending.what.cost = failure.mayBeBilled() ? ending.what.worst : 0;
      down = flow.failed(ending.slot, now, failure);
    }
    flow.ended(ending.slot);
  }

  double repliesPerSecond(int fromSecond, int toSecond) {
    return replied.stream().filter(t -> t >= fromSecond * SECOND && t < toSecond * SECOND).count()
        / (double) (toSecond - fromSecond);
  }
}
