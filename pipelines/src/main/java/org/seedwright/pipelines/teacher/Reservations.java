package org.seedwright.pipelines.teacher;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.seedwright.pipelines.store.Channel;
import org.seedwright.pipelines.store.Opening;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.ResponseStore.Wish;

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
   * Journals tries together, without waiting for room.
   *
   * @return what became of each, in their order; one over budget may be {@linkplain #openWithRoom
   *     asked for again}
   */
  List<Opening> open(List<Wish> wishes) {
    synchronized (this) {
      // Before the store knows of them, so that nobody sees a budget that is taken by nobody.
      open += wishes.size();
    }
    int opened = 0;
    try {
      List<Opening> openings = store.open(wishes, Channel.CALL);
      opened = (int) openings.stream().filter(opening -> opening instanceof Opening.Opened).count();
      return openings;
    } finally {
      notOpened(wishes.size() - opened);
    }
  }

  /**
   * Journals a try, once there is room for it.
   *
   * @return over budget only if nothing was open that could have made room, or after {@link #stop}
   */
  Opening openWithRoom(Wish wish) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      while (true) {
        long before = closed();
        Opening opening = open(List.of(wish)).get(0);
        if (!(opening instanceof Opening.OverBudget) || !roomWasMade(before)) {
          return opening;
        }
      }
    } finally {
      turn.unlock();
    }
  }

  private synchronized void notOpened(int tries) {
    open -= tries;
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
