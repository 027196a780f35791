package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.seedwright.pipelines.teacher.SimulatedCalls.Outcome;
import org.seedwright.pipelines.teacher.SimulatedCalls.Server;

class FlowTest {
  private static final long SECOND = SimulatedCalls.SECOND;
  private static final long LATENCY = SECOND / 5;

  private static FlowLimits open(int concurrency) {
    return FlowLimits.concurrency(concurrency);
  }

  /** A token bucket, as most providers have. */
  private static Server bucket(double rate, double burst, long refusal, Optional<Duration> after) {
    return new Server() {
      private double tokens = burst;
      private long last;

      @Override
      public Outcome at(long now, int open) {
        tokens = Math.min(burst, tokens + rate * (now - last) / SECOND);
        last = now;
        if (tokens >= 1) {
          tokens -= 1;
          return Outcome.reply(LATENCY);
        }
        return new Outcome(refusal, Optional.of(FailureKind.RATE_LIMIT), after, 0);
      }
    };
  }

  /** At most so many in any second. */
  private static Server window(int rate, long refusal, Optional<Duration> after) {
    return new Server() {
      private final ArrayDeque<Long> passed = new ArrayDeque<>();

      @Override
      public Outcome at(long now, int open) {
        while (!passed.isEmpty() && now - passed.peek() >= SECOND) {
          passed.remove();
        }
        if (passed.size() < rate) {
          passed.add(now);
          return Outcome.reply(LATENCY);
        }
        return new Outcome(refusal, Optional.of(FailureKind.RATE_LIMIT), after, 0);
      }
    };
  }

  /**
   * A server and what must come of it in its first minute.
   *
   * @param least part of its rate
   * @param mostRefused part of the calls
   */
  private record Limited(
      String name, double rate, Server server, double least, double mostRefused) {}

  private static Stream<Limited> limitedServers() {
    var none = Optional.<Duration>empty();
    var one = Optional.of(Duration.ofSeconds(1));
    long at = SECOND / 1000;
    return Stream.of(
        new Limited("bucket of a second", 300, bucket(300, 300, at, none), 0.85, 0.03),
        new Limited(
            "bucket of a second, slow refusals", 300, bucket(300, 300, LATENCY, none), 0.85, 0.05),
        new Limited("small bucket", 300, bucket(300, 10, at, none), 0.85, 0.03),
        new Limited("small bucket, slow refusals", 300, bucket(300, 10, LATENCY, none), 0.85, 0.05),
        new Limited("small bucket, Retry-After", 300, bucket(300, 10, at, one), 0.75, 0.03),
        new Limited("bucket of a second, Retry-After", 300, bucket(300, 300, at, one), 0.75, 0.03),
        new Limited("window", 300, window(300, at, none), 0.85, 0.03),
        new Limited("window, slow refusals", 300, window(300, LATENCY, none), 0.85, 0.05),
        new Limited("window, Retry-After", 300, window(300, at, one), 0.75, 0.03),
        new Limited("slow bucket", 50, bucket(50, 50, at, none), 0.85, 0.03),
        new Limited("fast bucket", 1000, bucket(1000, 1000, at, none), 0.85, 0.03),
        new Limited("fast window", 1000, window(1000, LATENCY, none), 0.85, 0.03));
  }

  @TestFactory
  Stream<DynamicTest> anUnknownRateIsUsedWithFewRefusals() {
    return limitedServers()
        .map(limited -> DynamicTest.dynamicTest(limited.name(), () -> isUsed(limited)));
  }

  private static void isUsed(Limited limited) {
    var calls = new SimulatedCalls(open(256), 100, limited.server()).run(Duration.ofSeconds(60));
    assertThat(calls.repliesPerSecond(0, 60))
        .isGreaterThanOrEqualTo(limited.least() * limited.rate());
    assertThat((double) calls.refused / calls.sent.size()).isLessThan(limited.mostRefused());
  }

  @Test
  void aRateThatRisesIsFound() {
    var slow = bucket(50, 50, SECOND / 1000, Optional.empty());
    var fast = bucket(200, 200, SECOND / 1000, Optional.empty());
    var calls =
        new SimulatedCalls(
                open(256), 100, (now, open) -> (now < 60 * SECOND ? slow : fast).at(now, open))
            .run(Duration.ofSeconds(240));
    assertThat(calls.repliesPerSecond(180, 240)).isGreaterThan(180);
  }

  @Test
  void theCeilingIsReachedFast() {
    var calls =
        new SimulatedCalls(open(1000), 100, (now, open) -> Outcome.reply(LATENCY))
            .run(Duration.ofSeconds(4));
    assertThat(calls.mostOpen).isEqualTo(1000);
    assertThat(calls.repliesPerSecond(2, 4)).isGreaterThan(4900);
  }

  @Test
  void aServerUnderTooMuchLoadGetsLess() {
    var calls =
        new SimulatedCalls(
                open(512),
                100,
                (now, open) ->
                    open <= 100
                        ? Outcome.reply(LATENCY)
                        : Outcome.failure(LATENCY, FailureKind.SERVER_ERROR))
            .run(Duration.ofSeconds(60));
    assertThat(calls.mostOpen).isGreaterThan(100);
    assertThat(calls.repliesPerSecond(30, 60)).isGreaterThan(0.8 * 500);
    assertThat(calls.failed).isLessThan(calls.sent.size() / 4);
  }

  @Test
  void aFewFailuresOfAllCallsAreNoReasonForLess() {
    var random = new Random(7);
    var calls =
        new SimulatedCalls(
                open(64),
                100,
                (now, open) ->
                    random.nextInt(20) == 0
                        ? Outcome.failure(LATENCY, FailureKind.SERVER_ERROR)
                        : Outcome.reply(LATENCY))
            .run(Duration.ofSeconds(60));
    assertThat(calls.repliesPerSecond(5, 60)).isGreaterThan(0.85 * 320);
  }

  @Test
  void aSingleSlowReplyChangesNothing() {
    var calls =
        new SimulatedCalls(
                open(64),
                100,
                (now, open) ->
                    now >= 5 * SECOND && now < 5 * SECOND + SECOND / 320
                        ? Outcome.failure(10 * SECOND, FailureKind.TIMEOUT)
                        : Outcome.reply(LATENCY))
            .run(Duration.ofSeconds(30));
    assertThat(calls.repliesPerSecond(20, 30)).isGreaterThan(0.99 * 320);
  }

  @Test
  void aServerThatIsDownIsProbedAndThenGivenUp() {
    var calls =
        new SimulatedCalls(
                open(64), 100, (now, open) -> Outcome.failure(SECOND / 100, FailureKind.CONNECTION))
            .run(Duration.ofMinutes(10));
    assertThat(calls.down).hasValueSatisfying(time -> assertThat(time).hasMinutes(3));
    assertThat(calls.sent).as("some at once, then probes").hasSizeLessThan(60);
  }

  @Test
  void aServerThatComesBackIsUsedAgain() {
    var calls =
        new SimulatedCalls(
                open(64),
                100,
                (now, open) ->
                    now > 20 * SECOND && now < 60 * SECOND
                        ? Outcome.failure(SECOND / 100, FailureKind.CONNECTION)
                        : Outcome.reply(LATENCY))
            .run(Duration.ofSeconds(180));
    assertThat(calls.down).isEmpty();
    assertThat(calls.repliesPerSecond(150, 180)).isGreaterThan(300);
  }

  @Test
  void whatTheServerAsksForIsObeyedByAllUpToABound() {
    var calls =
        new SimulatedCalls(
            open(64),
            100,
            (now, open) ->
                now < SECOND
                    ? Outcome.reply(LATENCY)
                    : new Outcome(
                        0,
                        Optional.of(FailureKind.SERVER_ERROR),
                        Optional.of(Duration.ofSeconds(40)),
                        0));
    calls.run(Duration.ofSeconds(2));
    int before = calls.sent.size();
    calls.run(Duration.ofSeconds(38));
    assertThat(calls.sent).hasSize(before);
    calls.run(Duration.ofSeconds(3));
    assertThat(calls.sent).hasSizeGreaterThan(before);
  }
}
