package org.seedwright.pipelines.teacher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one teacher and what waits for them. One journals what is due, many at a time, so
 * that they share a write; the others send what is journaled, each one call at a time. What is to
 * be tried again later holds neither thread nor slot.
 */
final class Lane {
  private static final int IDLE_SECONDS = 30;

  /** What the threads do. */
  interface Work {
    /** Journals a question and others that are {@link #due}, or settles them. */
    void journal(OpenQuestion first) throws InterruptedException;

    /** Sends a try and settles its question, or gives it back to {@link #submit}. */
    void send(Journaled journaled) throws InterruptedException;

    /** Settles a question that is not to be tried any more. */
    void unsent(OpenQuestion question);

    /** Closes a try that is not to be sent any more. */
    void unsent(Journaled journaled);
  }

  private final int mostSenders;
  private final Work work;
  private final DelayQueue<OpenQuestion> waiting = new DelayQueue<>();
  private final BlockingQueue<Journaled> ready = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean journaling;
  private int senders;
  private int idleSenders;
  private volatile boolean stopped;

  /**
   * @param mostSenders one for each call that may be open
   */
  Lane(int mostSenders, Work work) {
    this.mostSenders = mostSenders;
    this.work = work;
  }

  /** Has a question tried once it is due. */
  void submit(OpenQuestion question) {
    waiting.add(question);
    if (stopped) {
      settleWaiting();
    } else {
      startJournaling();
    }
  }

  /** Takes another question that is due now. */
  Optional<OpenQuestion> due() {
    return Optional.ofNullable(waiting.poll());
  }

  /** Has a journaled try sent. */
  void send(Journaled journaled) {
    ready.add(journaled);
    startSending();
  }

  private synchronized void startJournaling() {
    if (!journaling) {
      journaling = true;
      start("teacher-journal", this::journalAll);
    }
  }

  private synchronized void startSending() {
    if (idleSenders < ready.size() && senders < mostSenders) {
      senders++;
      start("teacher-call", this::sendAll);
    }
  }

  private void start(String name, Runnable loop) {
    var thread = new Thread(loop, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void journalAll() {
    boolean needed = true;
    try {
      while (needed) {
        OpenQuestion first = waiting.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        if (first != null) {
          work.journal(first);
        } else {
          needed = keepsJournaling();
        }
      }
    } catch (InterruptedException e) {
      // Only cutOff() interrupts, and it settles what waits.
      gone();
    }
  }

  private synchronized boolean keepsJournaling() {
    journaling = !stopped && !waiting.isEmpty();
    if (!journaling) {
      gone();
    }
    return journaling;
  }

  private void sendAll() {
    boolean needed = true;
    try {
      while (needed) {
        Journaled next = nextReady();
        if (next != null) {
          work.send(next);
        } else {
          needed = keepsSending();
        }
      }
    } catch (InterruptedException e) {
      // As above.
      gone();
    }
  }

  /** Returns a try that is to be sent, or null where none came for long. */
  private Journaled nextReady() throws InterruptedException {
    Journaled next = ready.poll();
    if (next != null) {
      return next;
    }
    idle(1);
    try {
      return ready.poll(IDLE_SECONDS, TimeUnit.SECONDS);
    } finally {
      idle(-1);
    }
  }

  private synchronized void idle(int change) {
    idleSenders += change;
  }

  private synchronized boolean keepsSending() {
    if (!ready.isEmpty()) {
      return true;
    }
    senders--;
    gone();
    return false;
  }

  private synchronized void gone() {
    threads.remove(Thread.currentThread());
  }

  /** Settles what waits, now and from now on; what is journaled goes on. */
  void stop() {
    stopped = true;
    settleWaiting();
  }

  private void settleWaiting() {
    for (OpenQuestion question : waiting) {
      if (waiting.remove(question)) {
        work.unsent(question);
      }
    }
  }

  /**
   * Interrupts what is being tried, and waits for its end for a while.
   *
   * @param ending ends what an interrupt does not
   */
  void cutOff(Runnable ending, long nanos) throws InterruptedException {
    stop();
    List<Thread> cut;
    synchronized (this) {
      cut = List.copyOf(threads);
    }
    cut.forEach(Thread::interrupt);
    ending.run();
    long end = System.nanoTime() + nanos;
    for (Thread thread : cut) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }
    for (Journaled left = ready.poll(); left != null; left = ready.poll()) {
      work.unsent(left);
    }
  }
}
