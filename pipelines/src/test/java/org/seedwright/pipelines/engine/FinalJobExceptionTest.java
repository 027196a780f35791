package org.seedwright.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On Flink as a cluster is told to run a job: with restarts. */
class FinalJobExceptionTest {
  private static final AtomicInteger SET_UP = new AtomicInteger();
  private static final AtomicInteger TRIED = new AtomicInteger();

  @BeforeEach
  void nothingWasTried() {
    SET_UP.set(0);
    TRIED.set(0);
  }

  private static final class Failing extends DoFn<Integer, Integer> {
    private final boolean atSetup;
    private final boolean isFinal;

    Failing(boolean atSetup, boolean isFinal) {
      this.atSetup = atSetup;
      this.isFinal = isFinal;
    }

    @Setup
    public void enter() {
      SET_UP.incrementAndGet();
      if (atSetup) {
        fail();
      }
    }

    @ProcessElement
    public void work(@Element Integer number) {
      TRIED.incrementAndGet();
      fail();
    }

    private void fail() {
      throw isFinal ? new ClusterUnusableException("no key") : new IllegalStateException("no luck");
    }
  }

  private static void run(Failing work) {
    var settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 2);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    Pipeline pipeline =
        Pipeline.create(BeamOptions.NONE.over(LocalEngine.flinkOptions("failing", 1)));
    pipeline.apply(Create.of(1)).apply(ParDo.of(work));
    try (var flink = EmbeddedFlink.start(1)) {
      FlinkContext.during(flink, settings, 1, () -> pipeline.run().waitUntilFinish());
    } catch (RuntimeException e) {
      throw EngineException.of("failing", e);
    }
  }

  @Test
  void aJobIsNotBegunAgainAfterIt() {
    assertThatThrownBy(() -> run(new Failing(false, true)))
        .isInstanceOf(EngineException.class)
        .hasMessage("job failing failed: %s: no key", ClusterUnusableException.class.getName())
        .cause()
        .isInstanceOf(ClusterUnusableException.class);

    assertThat(TRIED.get()).isOne();
  }

  @Test
  void norWhereItIsThrownBeforeTheFirstElement() {
    assertThatThrownBy(() -> run(new Failing(true, true)))
        .isInstanceOf(EngineException.class)
        .cause()
        .isInstanceOf(ClusterUnusableException.class);

    assertThat(SET_UP.get()).isOne();
  }

  @Test
  void afterAnyOtherItIs() {
    assertThatThrownBy(() -> run(new Failing(false, false))).isInstanceOf(EngineException.class);

    assertThat(TRIED.get()).isEqualTo(3);
  }
}
