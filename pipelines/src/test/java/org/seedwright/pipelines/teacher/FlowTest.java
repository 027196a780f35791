package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.seedwright.pipelines.teacher.LimitedServer.Shape;
import org.seedwright.pipelines.teacher.SimulatedCalls.Outcome;
import org.seedwright.pipelines.teacher.SimulatedCalls.Server;

class FlowTest {
  private static final long SECOND = SimulatedCalls.SECOND;
  private static final long LATENCY = SECOND / 5;

  private static FlowLimits open(int concurrency) {
    return FlowLimits.concurrency(concurrency);
  }

  /** What a first minute must come to: part of the rate that is used, part of the calls refused. */
  private record Use(double least, double mostRefused) {}

  @TestFactory
  Stream<DynamicTest> nineTenthsOfAnUnknownRateAreUsedWithUnderTwoPercentRefused() {
    return servers(false, new int[] {50, 200}, Shape.values())
        .filter(server -> server.shape() != Shape.SLIDING_MINUTE || server.refusal() < LATENCY / 10)
        .map(server -> used(server, new Use(0.90, 0.021)));
  }

  /**
   * Every refusal keeps all callers silent for a second, and the rate is to be found all the same.
   */
  @TestFactory
  Stream<DynamicTest> aServerThatAsksForPausesIsUsedNearlyAsWell() {
    return servers(true, new int[] {50, 200}, Shape.values())
        .filter(server -> server.shape() != Shape.SLIDING_MINUTE || server.refusal() < LATENCY / 10)
        .map(server -> used(server, new Use(0.85, 0.021)));
  }

  /** A slow server shows late what it lets through; the loss is that of the first seconds. */
  @TestFactory
  Stream<DynamicTest> aSlowServerIsUsedWellAfterItsFirstSeconds() {
    return servers(false, new int[] {1000}, Shape.values())
        .filter(server -> server.refusal() < LATENCY / 10)
        .map(server -> used(server, new Use(0.82, 0.01)));
  }

  /** What was sent before the first refusal came, a second later, is refused as well. */
  @TestFactory
  Stream<DynamicTest> slowRefusalsOfASlowServerCostWhatWasSentMeanwhile() {
    return servers(false, new int[] {1000}, Shape.BUCKET, Shape.SMALL_BUCKET, Shape.SLIDING_SECOND)
        .filter(server -> server.refusal() > LATENCY)
        .map(server -> used(server, new Use(0.82, 0.07)));
  }

  /** With five calls a second, each refusal is a third of a percent of a minute. */
  @TestFactory
  Stream<DynamicTest> aVeryLowRateIsUsedWithSomeMoreRefusals() {
    return Stream.of(Shape.values())
        .map(shape -> new LimitedServer(shape, 5, LATENCY, SECOND / 1000, Optional.empty()))
        .map(server -> used(server, new Use(0.90, 0.06)));
  }

  private static Stream<LimitedServer> servers(boolean pauses, int[] latencies, Shape... shapes) {
    Optional<Duration> after = pauses ? Optional.of(Duration.ofSeconds(1)) : Optional.empty();
    return IntStream.of(30, 100, 300, 1000)
        .boxed()
        .flatMap(
            rate ->
                IntStream.of(latencies)
                    .mapToObj(millis -> millis * SECOND / 1000)
                    .flatMap(
                        latency ->
                            Stream.of(SECOND / 1000, latency)
                                .flatMap(
                                    refusal ->
                                        Stream.of(shapes)
                                            .map(
                                                shape ->
                                                    new LimitedServer(
                                                        shape, rate, latency, refusal, after)))));
  }

  private static DynamicTest used(LimitedServer server, Use use) {
    return DynamicTest.dynamicTest(server.toString(), () -> isUsed(server, use));
  }

  private static void isUsed(LimitedServer server, Use use) {
    // Enough to reach twice the rate.
    int concurrency = Math.max(256, (int) (2 * server.rate() * server.latency() / SECOND));
    var calls =
        new SimulatedCalls(open(concurrency), 100, server.start()).run(Duration.ofSeconds(60));
    assertThat(calls.repliesPerSecond(0, 60) / server.rate()).isGreaterThan(use.least());
    assertThat((double) calls.refused / calls.sent.size()).isLessThan(use.mostRefused());
  }

  /** A busy server refuses a few of all calls, however slowly they come. */
  @TestFactory
  Stream<DynamicTest> strayRefusalsSlowNobodyDown() {
    return Stream.of(0.01, 0.02, 0.03)
        .map(share -> DynamicTest.dynamicTest(share + " refused", () -> isNotSlowedDown(share)));
  }

  /** To tell few of them from a limit takes a thousand calls and more. */
  @TestFactory
  Stream<DynamicTest> fewStrayRefusalsSlowNobodyDownForLong() {
    return Stream.of(0.003, 0.006)
        .map(
            share ->
                DynamicTest.dynamicTest(
                    share + " refused",
                    () -> {
                      var calls = straysOf(share).run(Duration.ofSeconds(900));
                      assertThat(calls.repliesPerSecond(0, 900)).isGreaterThan(0.65 * 160);
                      assertThat(calls.repliesPerSecond(600, 900)).isGreaterThan(0.9 * 160);
                    }));
  }

  private static SimulatedCalls straysOf(double share) {
    var random = new Random(7);
    return new SimulatedCalls(
        open(16),
        100,
        (now, open) ->
            random.nextDouble() < share
                ? Outcome.failure(SECOND / 100, FailureKind.RATE_LIMIT)
                : Outcome.reply(SECOND / 10));
  }

  private static void isNotSlowedDown(double share) {
    var calls = straysOf(share).run(Duration.ofSeconds(180));
    assertThat(calls.repliesPerSecond(0, 180)).isGreaterThan(0.5 * 160);
    assertThat(calls.repliesPerSecond(120, 180)).isGreaterThan(0.9 * 160);
  }

  @Test
  void oneCongestionIsOneCut() {
    var pace = new Pace();
    long now = 0;
    var calls = new ArrayList<Pace.Stamp>();
    for (int i = 0; i < 100; i++) {
      now += pace.nanosUntilSent(now);
      calls.add(pace.sent(now));
      pace.answered(now, now + LATENCY);
    }
    pace.refused(calls.get(90), now - SECOND / 10, now + 1);
    long before = pace.nanosUntilSent(now + 1);
    for (Pace.Stamp call : calls.subList(91, 100)) {
      pace.refused(call, now, now + 2);
    }
    assertThat(pace.nanosUntilSent(now + 1)).isEqualTo(before);
  }

  @Test
  void aRateThatRisesIsFound() {
    Server slow =
        new LimitedServer(Shape.BUCKET, 50, LATENCY, SECOND / 1000, Optional.empty()).start();
    Server fast =
        new LimitedServer(Shape.BUCKET, 200, LATENCY, SECOND / 1000, Optional.empty()).start();
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
            .run(Duration.ofSeconds(8));
    assertThat(calls.mostOpen).isEqualTo(1000);
    assertThat(calls.repliesPerSecond(6, 8)).isGreaterThan(4900);
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
