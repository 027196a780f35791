package org.seedwright.pipelines.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFileTest {
  private static final long SECOND = 1_000_000_000;
  private static final Conditions ORDINARY =
      Conditions.fair()
          .withLatency(Duration.ofMillis(200))
          .withFaults(Map.of(TransportFault.RESET, 0.5));

  @TempDir Path folder;

  private List<Phase> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("s.yaml"), text);
    return ScriptFile.read(file, ORDINARY);
  }

  @Test
  void aPhaseIsAsTheOptionsSayWhereItSaysNothing() throws IOException {
    assertThat(
            read(
                """
                phases:
                  - {requests: 3, latency: 1.5s}
                  - {seconds: 0.5, faults: {html: 0.25}, jitter: 5, requests-per-second: 4,
                     tokens-per-minute: 60, max-open: 2, retry-after: date}
                  - {seconds: 2, down: refused}
                """))
        .containsExactly(
            Phase.ofRequests(3, ORDINARY.withLatency(Duration.ofMillis(1500))),
            Phase.ofTime(
                Duration.ofMillis(500),
                ORDINARY
                    .withFaults(Map.of(TransportFault.HTML, 0.25))
                    .withJitter(Duration.ofMillis(5))
                    .withLimits(
                        ServerLimits.none()
                            .withRequestsPerSecond(4)
                            .withTokensPerMinute(60)
                            .withMaxOpen(2)
                            .withRetryAfter(RetryAfter.DATE))),
            Phase.ofTime(Duration.ofSeconds(2), ORDINARY.down(Down.REFUSED)));
    assertThat(read("{\"phases\": [{\"requests\": 1}]}"))
        .containsExactly(Phase.ofRequests(1, ORDINARY));
  }

  @Test
  void theExampleIsAScript() throws IOException {
    Path example = Path.of("..", "examples", "simulated-teacher", "bad-day.yaml");
    assertThat(ScriptFile.read(example, ORDINARY)).hasSize(5);
  }

  @Test
  void mistakesAreNamedWithFilePhaseKeyValueAndRange() {
    assertMistake("phases: 3", "needs one key 'phases' with a list");
    assertMistake("phases: [{}]", "phase 1: needs either 'requests' or 'seconds'");
    assertMistake(
        "phases: [{requests: 1, seconds: 1}]", "phase 1: needs either 'requests' or 'seconds'");
    assertMistake(
        "phases: [{requests: 1}, {requests: 0}]", "phase 2: requests must be 1 or more, but was 0");
    assertMistake(
        "phases: [{requests: x}]", "phase 1: requests must be a whole number, but was 'x'");
    assertMistake("phases: [{reqests: 1}]", "phase 1: 'reqests' is not a key here; known: req");
    assertMistake(
        "phases: [{requests: 1, down: maybe}]",
        "phase 1: down must be one of refused, reset, unavailable, but was 'maybe'");
    assertMistake(
        "phases: [{requests: 1, down: refused}]",
        "phase 1: 'down: refused' receives no request: give 'seconds' instead of 'requests'");
    assertMistake(
        "phases: [{requests: 1, faults: {resett: 1}}]",
        "phase 1: faults: there is no fault 'resett'; known: all, rate-limit, ");
    assertMistake(
        "phases: [{requests: 1, faults: {reset: 2}}]",
        "phase 1: share of reset must be 0 to 1, but was 2.0");
    assertMistake(
        "phases: [{requests: 1, latency: soon}]",
        "phase 1: latency must be a time such as 200ms or 1.5s, but was 'soon'");
    assertThatThrownBy(() -> ScriptFile.read(folder.resolve("none.yaml"), ORDINARY))
        .hasMessageContaining("none.yaml: there is no such file");
  }

  private void assertMistake(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .as(text)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("script " + folder.resolve("s.yaml") + ": " + message);
  }

  @Test
  void phasesFollowEachOtherByCountAndByTime() {
    Conditions slow = ORDINARY.withLatency(Duration.ofSeconds(1));
    Conditions down = ORDINARY.down(Down.REFUSED);
    var course =
        new Course(
            ORDINARY,
            List.of(
                Phase.ofRequests(2, slow),
                Phase.ofTime(Duration.ofSeconds(10), down),
                Phase.ofTime(Duration.ofSeconds(5), slow)),
            0);
    assertThat(course.turn(99 * SECOND)).as("begins with the first request").isFalse();
    assertThat(course.arrive(100 * SECOND)).isTrue();
    assertThat(course.arrive(101 * SECOND)).isFalse();
    assertThat(course.conditions()).isEqualTo(slow);
    assertThat(course.turn(101 * SECOND)).isTrue();
    assertThat(course.conditions()).isEqualTo(down);
    assertThat(course.remaining(104 * SECOND)).contains(Duration.ofSeconds(7));
    assertThat(course.turn(111 * SECOND)).isTrue();
    assertThat(course.conditions()).isEqualTo(slow);
    assertThat(course.arrive(120 * SECOND)).isTrue();
    assertThat(course.conditions()).isEqualTo(ORDINARY);
    assertThat(course.remaining(120 * SECOND)).isEmpty();
  }

  @Test
  void theFirstPhaseCannotRefuse() {
    var down = Phase.ofTime(Duration.ofSeconds(1), ORDINARY.down(Down.REFUSED));
    assertThatThrownBy(() -> SimulatorOptions.defaults().withScript(List.of(down)))
        .hasMessageContaining("the first phase cannot be 'down: refused'");
  }

  @Test
  void sharesAreMetAndJitterKeepsItsBounds() {
    var conditions =
        Conditions.fair()
            .withFaults(Map.of(TransportFault.RESET, 0.1, TransportFault.HTML, 0.3))
            .withLatency(Duration.ofMillis(200))
            .withJitter(Duration.ofMillis(50));
    int resets = 0;
    int pages = 0;
    for (int i = 0; i < 1000; i++) {
      var fault = conditions.fault(976, "key" + i, 1);
      resets += fault.filter(TransportFault.RESET::equals).isPresent() ? 1 : 0;
      pages += fault.filter(TransportFault.HTML::equals).isPresent() ? 1 : 0;
      assertThat(conditions.wait(976, "key" + i, 1))
          .isBetween(Duration.ofMillis(150), Duration.ofMillis(250));
    }
    // Four standard deviations around 100 and 300.
    assertThat(resets).isBetween(62, 138);
    assertThat(pages).isBetween(242, 358);
    assertThatThrownBy(
            () ->
                conditions.withFaults(Map.of(TransportFault.RESET, 0.6, TransportFault.HTML, 0.6)))
        .hasMessageContaining("shares of transport faults must add up to 1 at most");
  }
}
