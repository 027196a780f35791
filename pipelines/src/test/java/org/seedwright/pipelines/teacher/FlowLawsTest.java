package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.seedwright.pipelines.teacher.SimulatedCalls.Outcome;

class FlowLawsTest {
  private static final long SECOND = SimulatedCalls.SECOND;

  /** A minute for room, a probe's pause, a rest after refusals, and a reply. */
  private static final long LONGEST_WAIT = 130 * SECOND;

  @Property(tries = 200)
  void limitsHoldInEveryMinuteAndTheCeilingAlways(
      @ForAll @IntRange(min = 1, max = 80) int concurrency,
      @ForAll @IntRange(min = 1, max = 500) int requests,
      @ForAll @IntRange(min = 100, max = 50_000) int tokens,
      @ForAll long seed) {
    var random = new Random(seed);
    var calls =
        new SimulatedCalls(
                new FlowLimits(concurrency, OptionalInt.of(requests), OptionalLong.of(tokens)),
                100,
                (now, open) ->
                    random.nextInt(4) == 0
                        ? Outcome.failure(
                            random.nextLong(SECOND),
                            random.nextBoolean()
                                ? FailureKind.RATE_LIMIT
                                : FailureKind.SERVER_ERROR)
                        : new Outcome(
                            random.nextLong(5 * SECOND),
                            Optional.empty(),
                            Optional.empty(),
                            random.nextInt(101)))
            .run(Duration.ofMinutes(5));
    assertThat(calls.mostOpen).isLessThanOrEqualTo(concurrency);
    assertThat(mostInAMinute(calls)).isLessThanOrEqualTo(requests);
  }

  /** Worst cases up to the whole limit; replies that cost less, fail, or are counted higher. */
  @Property(tries = 200)
  void noMinuteHoldsMoreThanItsTokensAndNothingStarves(
      @ForAll @IntRange(min = 1, max = 40) int concurrency,
      @ForAll @IntRange(min = 1, max = 300) int requests,
      @ForAll @IntRange(min = 100, max = 20_000) int tokens,
      @ForAll long seed) {
    var random = new Random(seed);
    var calls =
        new SimulatedCalls(
                new FlowLimits(concurrency, OptionalInt.of(requests), OptionalLong.of(tokens)),
                () -> random.nextInt(8) == 0 ? tokens : 1 + random.nextInt(1 + tokens / 10),
                (now, open) -> ending(random, tokens))
            .run(Duration.ofMinutes(10));

    assertThat(mostInAMinute(calls)).isLessThanOrEqualTo(requests);
    assertNoMinuteAbove(tokens, calls.tries);
    // Small tries come after large ones all the time, and do not keep them from being sent.
    long before = 0;
    for (SimulatedCalls.Try one : calls.tries) {
      assertThat(one.sent - before).isLessThan(LONGEST_WAIT);
      before = one.sent;
    }
    assertThat(Duration.ofMinutes(10).toNanos() - before).isLessThan(LONGEST_WAIT);
  }

  private static Outcome ending(Random random, int tokens) {
    long nanos = random.nextLong(5 * SECOND);
    return switch (random.nextInt(6)) {
      case 0 -> Outcome.failure(nanos, FailureKind.RATE_LIMIT);
      case 1 -> Outcome.failure(nanos, FailureKind.TIMEOUT);
      default ->
          new Outcome(nanos, Optional.empty(), Optional.empty(), random.nextInt(1 + tokens / 20));
    };
  }

  /** At each try that is sent: what the tries of the minute before cost, or may still cost. */
  private static void assertNoMinuteAbove(long limit, List<SimulatedCalls.Try> tries) {
    int first = 0;
    for (int i = 0; i < tries.size(); i++) {
      long now = tries.get(i).sent;
      while (now - tries.get(first).sent >= 60 * SECOND) {
        first++;
      }
      long held = 0;
      for (SimulatedCalls.Try one : tries.subList(first, i)) {
        held += one.ended <= now ? one.cost : one.worst;
      }
      // A reply above its worst case is not foreseen; it keeps the next ones back.
      boolean foreseen = tries.subList(first, i).stream().allMatch(one -> one.cost <= one.worst);
      if (foreseen) {
        assertThat(held + tries.get(i).worst).isLessThanOrEqualTo(limit);
      }
    }
  }

  private static int mostInAMinute(SimulatedCalls calls) {
    var minute = new ArrayDeque<Long>();
    int most = 0;
    for (long sent : calls.sent) {
      while (!minute.isEmpty() && sent - minute.peek() >= 60 * SECOND) {
        minute.remove();
      }
      minute.add(sent);
      most = Math.max(most, minute.size());
    }
    return most;
  }
}
