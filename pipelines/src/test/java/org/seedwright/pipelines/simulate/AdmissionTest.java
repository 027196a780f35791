package org.seedwright.pipelines.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void soManyRequestsASecondAreLetThroughHoweverManyCome() {
    var admission = new Admission(ServerLimits.none().withRequestsPerSecond(50), 0);
    int through = 0;
    for (long nanos = 0; nanos < 60 * SECOND; nanos += SECOND / 1000) {
      through += admission.enter(1, 0, nanos).isEmpty() ? 1 : 0;
    }
    // A minute's worth, and the burst of a tenth of a second.
    assertThat(through).isBetween(3000, 3005);
  }

  @Test
  void whoKeepsThePaceToHalfAnIntervalIsNeverRefused() {
    var admission = new Admission(ServerLimits.none().withRequestsPerSecond(7), 0);
    for (int i = 0; i < 1000; i++) {
      long early = i % 3 == 0 ? SECOND / 14 : 0;
      assertThat(admission.enter(1, 0, i * SECOND / 7 - early)).isEmpty();
    }
  }

  @Test
  void aRefusalSaysAfterWhatTimeThereIsRoom() {
    var admission = new Admission(ServerLimits.none().withRequestsPerSecond(0.5), 0);
    assertThat(admission.enter(1, 0, 0)).isEmpty();
    assertThat(admission.enter(1, 0, 0)).as("two at once").isEmpty();
    assertThat(admission.enter(1, 0, SECOND / 2))
        .contains(new Admission.Refusal("requests-per-second", Duration.ofMillis(1500)));
    assertThat(admission.enter(1, 0, 2 * SECOND)).isEmpty();
  }

  @Test
  void tokensOfAMinuteAreShared() {
    var admission = new Admission(ServerLimits.none().withTokensPerMinute(600), 0);
    assertThat(admission.enter(400, 0, 0)).isEmpty();
    assertThat(admission.enter(400, 0, 0))
        .contains(new Admission.Refusal("tokens-per-minute", Duration.ofSeconds(20)));
    assertThat(admission.enter(200, 0, 0)).isEmpty();
    // More than a minute's worth waits for a full bucket and is owed.
    assertThat(admission.enter(1200, 0, 60 * SECOND)).isEmpty();
    assertThat(admission.enter(1, 0, 119 * SECOND)).isPresent();
    assertThat(admission.enter(1, 0, 121 * SECOND)).isEmpty();
  }

  @Test
  void onlySoManyMayBeOpen() {
    var admission = new Admission(ServerLimits.none().withMaxOpen(2), 0);
    assertThat(admission.enter(1, 1, 0)).isEmpty();
    assertThat(admission.enter(1, 2, 0))
        .contains(new Admission.Refusal("max-open", Duration.ofSeconds(1)));
  }

  @Test
  void retryAfterNeverNamesAnInstantBeforeTheWaitIsOver() {
    Instant now = Instant.parse("2026-01-02T03:04:05.500Z");
    assertThat(RetryAfter.NONE.value(Duration.ofSeconds(1), now)).isEqualTo(Optional.empty());
    assertThat(RetryAfter.SECONDS.value(Duration.ofMillis(1), now)).contains("1");
    assertThat(RetryAfter.SECONDS.value(Duration.ofMillis(2001), now)).contains("3");
    assertThat(RetryAfter.DATE.value(Duration.ofSeconds(1), now))
        .contains("Fri, 02 Jan 2026 03:04:07 GMT");
  }

  @Test
  void limitsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> ServerLimits.none().withRequestsPerSecond(0))
        .hasMessage("requests-per-second must be above 0, at most 1000000, but was 0.0");
    assertThatThrownBy(() -> ServerLimits.none().withTokensPerMinute(0))
        .hasMessage("tokens-per-minute must be 1 or more, but was 0");
    assertThatThrownBy(() -> ServerLimits.none().withMaxOpen(0))
        .hasMessage("max-open must be 1 or more, but was 0");
  }
}
