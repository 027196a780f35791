package org.seedwright.pipelines.teacher;

import java.util.concurrent.locks.ReentrantLock;
import org.seedwright.pipelines.store.Channel;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.Opening;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.TeacherRequest;

/**
 * Opens tries within the budget. One whose worst case does not fit waits while others of this
 * object are open, because each frees the difference between its worst case and its cost when it is
 * closed. What waits takes turns, so that a closed try makes one of them ask the store again, not
 * all.
 */
final class Reservations {
  private final ResponseStore store;
  private final ReentrantLock turn = new ReentrantLock(true);
  private int open;
  private long closed;
  private boolean stopped;

  Reservations(ResponseStore store) {
    this.store = store;
  }

  /**
   * Journals a try.
   *
   * @return over budget only if nothing was open that could have made room, or after {@link #stop}
   */
  Opening open(TeacherRequest request, int cap, Cost worst) throws InterruptedException {
    Opening first = ask(request, cap, worst);
    if (!(first instanceof Opening.OverBudget)) {
      return first;
    }
    turn.lockInterruptibly();
    try {
      while (true) {
        long before = closed();
        Opening opening = ask(request, cap, worst);
        if (!(opening instanceof Opening.OverBudget) || !roomWasMade(before)) {
          return opening;
        }
      }
    } finally {
      turn.unlock();
    }
  }

  private Opening ask(TeacherRequest request, int cap, Cost worst) {
    synchronized (this) {
      // Before the store knows of it, so that nobody sees a budget that is taken by nobody.
      open++;
    }
    boolean opened = false;
    try {
      Opening opening = store.open(request, cap, worst, Channel.CALL);
      opened = opening instanceof Opening.Opened;
      return opening;
    } finally {
      if (!opened) {
        notOpened();
      }
    }
  }

  private synchronized void notOpened() {
    open--;
    notifyAll();
  }

  private synchronized long closed() {
    return closed;
  }

  private synchronized boolean roomWasMade(long before) throws InterruptedException {
    while (closed == before && open > 0 && !stopped) {
      wait();
    }
    return closed != before && !stopped;
  }

  /** To be called after a try was closed in the store. */
  synchronized void close() {
    open--;
    closed++;
    notifyAll();
  }

  /** Ends all waiting. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }
}
