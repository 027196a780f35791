package org.seedwright.pipelines.teacher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The threads of one teacher and what waits for them: questions to be tried now, and those to be
 * tried again later, which hold neither thread nor slot.
 */
final class Lane {
  private static final int IDLE_SECONDS = 30;

  /** Tries a question; settles it or gives it back to {@link #submit}. */
  interface Work {
    void tryOnce(OpenQuestion question) throws InterruptedException;
  }

  private final int mostThreads;
  private final Work work;
  private final Consumer<OpenQuestion> unsent;
  private final DelayQueue<OpenQuestion> waiting = new DelayQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private int idle;
  private volatile boolean stopped;

  /**
   * @param mostThreads one for each call that may be open, and some that journal ahead
   * @param unsent settles a question that is not to be tried any more
   */
  Lane(int mostThreads, Work work, Consumer<OpenQuestion> unsent) {
    this.mostThreads = mostThreads;
    this.work = work;
    this.unsent = unsent;
  }

  void submit(OpenQuestion question) {
    waiting.add(question);
    if (stopped) {
      settleWaiting();
    } else {
      startIfBusy();
    }
  }

  private synchronized void startIfBusy() {
    if (idle < waiting.size() && threads.size() < mostThreads) {
      var thread = new Thread(this::tryAll, "teacher-call");
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void tryAll() {
    try {
      OpenQuestion question = next();
      while (question != null) {
        work.tryOnce(question);
        question = next();
      }
    } catch (InterruptedException e) {
      // Only stop() interrupts, and it settles what waits.
      gone();
    }
  }

  /** Returns the next question that is due, or null where this thread is not needed any more. */
  private OpenQuestion next() throws InterruptedException {
    while (true) {
      idle(1);
      OpenQuestion question;
      try {
        question = waiting.poll(IDLE_SECONDS, TimeUnit.SECONDS);
      } finally {
        idle(-1);
      }
      if (question != null) {
        return question;
      }
      synchronized (this) {
        if (stopped || waiting.isEmpty()) {
          threads.remove(Thread.currentThread());
          return null;
        }
      }
    }
  }

  private synchronized void idle(int change) {
    idle += change;
  }

  private synchronized void gone() {
    threads.remove(Thread.currentThread());
  }

  /** Settles what waits, now and from now on; what is being tried goes on. */
  void stop() {
    stopped = true;
    settleWaiting();
  }

  private void settleWaiting() {
    for (OpenQuestion question : waiting) {
      if (waiting.remove(question)) {
        unsent.accept(question);
      }
    }
  }

  /** Interrupts what is being tried, and waits for its end for a while. */
  void cutOff(long nanos) throws InterruptedException {
    stop();
    List<Thread> cut;
    synchronized (this) {
      cut = List.copyOf(threads);
    }
    cut.forEach(Thread::interrupt);
    long end = System.nanoTime() + nanos;
    for (Thread thread : cut) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }
  }
}
