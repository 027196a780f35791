package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GateTest {
  private final AtomicLong clock = new AtomicLong();
  private final Gate gate =
      new Gate(
          new Flow(
              new FlowLimits(8, OptionalInt.empty(), OptionalLong.of(1000)),
              Duration.ofSeconds(60)),
          clock::get);

  private CompletableFuture<Flow.Slot> enter(long tokens) {
    var entered = new CompletableFuture<Flow.Slot>();
    var thread =
        new Thread(
            () -> {
              try {
                gate.prepare();
                Optional<Flow.Slot> slot = gate.enter(tokens);
                entered.complete(slot.orElseThrow());
              } catch (InterruptedException | RuntimeException e) {
                entered.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return entered;
  }

  private void awaitWaiting(int threads) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (gate.waiting() != threads) {
      assertThat(System.nanoTime()).as("%d wait", gate.waiting()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test
  void aLargeTryIsNotOvertakenBySmallOnes() throws Exception {
    Flow.Slot first = enter(600).get(1, TimeUnit.MINUTES);
    CompletableFuture<Flow.Slot> large = enter(900);
    awaitWaiting(1);
    CompletableFuture<Flow.Slot> small = enter(100);
    awaitWaiting(2);
    assertThat(small).as("fits, but came later").isNotDone();

    clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
    gate.leave(first);

    large.get(1, TimeUnit.MINUTES);
    gate.leave(large.join());
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(small.get(1, TimeUnit.MINUTES)).isNotNull();
  }

  @Test
  void whoWaitsIsSentAwayWhenNothingIsLetOutAnyMore() throws Exception {
    enter(1000).get(1, TimeUnit.MINUTES);
    CompletableFuture<Flow.Slot> one = enter(500);
    CompletableFuture<Flow.Slot> other = enter(500);
    awaitWaiting(2);

    gate.stop();

    assertThat(one).failsWithin(Duration.ofMinutes(1));
    assertThat(other).failsWithin(Duration.ofMinutes(1));
  }
}
