package org.seedwright.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

class LocalEngineTest {
  @Nested
  class OnOneSlot extends OnLocalEngine {
    OnOneSlot() {
      super(1);
    }
  }

  @Nested
  class OnTwoSlots extends OnLocalEngine {
    OnTwoSlots() {
      super(2);
    }
  }

  @Nested
  class OnFourSlots extends OnLocalEngine {
    OnFourSlots() {
      super(4);
    }
  }

  /** One engine for all tests of a parallelism, as for all stages of a command. */
  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class OnLocalEngine extends EngineContract {
    private final int parallelism;
    private LocalEngine engine;

    OnLocalEngine(int parallelism) {
      this.parallelism = parallelism;
    }

    @BeforeAll
    void make() {
      engine = new LocalEngine(parallelism);
    }

    @AfterAll
    void close() {
      engine.close();
    }

    @Override
    Engine engine() {
      return engine;
    }
  }

  @Test
  void nothingIsStartedBeforeTheFirstJobAndNothingIsLeftAfterClose() {
    var engine = new LocalEngine(1);
    for (String job : List.of("first", "after-close")) {
      Pipeline pipeline = Pipeline.create(engine.options(job));
      pipeline.apply("One", Create.of(1));
      awaitNoFlinkThreads();

      engine.run(pipeline);
      assertThat(flinkThreads()).isNotEmpty();

      engine.close();
      awaitNoFlinkThreads();
    }
    // Closed is closed.
    engine.close();
  }

  @Test
  void parallelismBelowOneIsRefused() {
    assertThatThrownBy(() -> new LocalEngine(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parallelism must be at least 1, but was 0");
  }

  /** An actor system reports its end from one of its own threads, which is still there then. */
  private static void awaitNoFlinkThreads() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!flinkThreads().isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(flinkThreads()).isEmpty();
  }

  private static List<String> flinkThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("flink"))
        .sorted()
        .toList();
  }
}
