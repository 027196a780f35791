package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
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
