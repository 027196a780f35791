package org.seedwright.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation")
class FlinkContextTest {
  @Test
  void aJobCarriesTheRestartStrategyOfItsConfiguration() {
    var configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(5));

    var context =
        FlinkContext.of(
            (graph, classes) -> {
              throw new IllegalStateException("no job is made here");
            },
            configuration,
            2);

    assertThat(context.getConfig().getRestartStrategy().getDescription())
        .startsWith("Restart with fixed delay")
        .endsWith("#3 restart attempts.");
    assertThat(context.getParallelism()).isEqualTo(2);
  }
}
