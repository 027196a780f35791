package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.store.TransportFailure;

/**
 * Asks again what may be answered later, a bounded number of times with growing, jittered waits;
 * every failure is logged in the store before the next try. Final failures pass at once.
 */
public final class RetryingTeacher implements Teacher {
  private final Teacher teacher;
  private final ResponseStore store;
  private final Backoff backoff;
  private final CountDownLatch stopped = new CountDownLatch(1);

  public RetryingTeacher(Teacher teacher, ResponseStore store, Backoff backoff) {
    this.teacher = teacher;
    this.store = store;
    this.backoff = backoff;
  }

  @Override
  public Reply ask(TeacherRequest request, int maxOutputTokens)
      throws TeacherException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return teacher.ask(request, maxOutputTokens);
      } catch (TeacherException e) {
        store.transportFailure(
            new TransportFailure(
                request.key(), attempt, e.kind().id(), e.status(), e.getMessage()));
        if (!(e instanceof RetriableTeacherException retriable)
            || attempt >= backoff.attempts()
            || stopped.await(pause(retriable, attempt).toNanos(), TimeUnit.NANOSECONDS)) {
          throw e;
        }
      }
    }
  }

  /** What the server asked for, where it did, and a jitter that keeps many callers apart. */
  private Duration pause(RetriableTeacherException failure, int failed) {
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    Duration obeyed = asked.compareTo(backoff.longest()) < 0 ? asked : backoff.longest();
    // Unseeded on purpose: it spreads the load of processes that failed together, and a wait
    // reaches no row.
    long jitter = ThreadLocalRandom.current().nextLong(backoff.bound(failed).toNanos() + 1);
    return obeyed.plusNanos(jitter);
  }

  @Override
  public boolean sends() {
    return teacher.sends();
  }

  @Override
  public void stopTryingAgain() {
    stopped.countDown();
    teacher.stopTryingAgain();
  }

  @Override
  public void close() {
    teacher.close();
  }
}
