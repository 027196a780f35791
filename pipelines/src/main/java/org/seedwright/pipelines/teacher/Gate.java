package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Where the threads of one teacher wait until its {@link Flow} lets a try out. They stand in line:
 * a try that may cost much is not overtaken by small ones for ever. A try is journaled before it
 * waits here, so that a slot is not held while the disk is written; how many are journaled ahead is
 * bounded by a part of those that are open.
 */
final class Gate {
  private static final int SMALLEST_LEAD = 4;

  private final Flow flow;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition lead = lock.newCondition();
  private final ArrayDeque<Condition> line = new ArrayDeque<>();
  private int prepared;
  private boolean stopped;

  Gate(Flow flow, LongSupplier clock) {
    this.flow = flow;
    this.clock = clock;
  }

  /**
   * Waits until another try may be journaled.
   *
   * @return false if nothing is to be sent any more
   */
  boolean prepare() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && !leads()) {
        lead.await();
      }
      if (stopped) {
        return false;
      }
      prepared++;
      if (leads()) {
        // The lead grows with what is open, by more than the one that was signalled.
        lead.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #prepare}, but returns false rather than wait. */
  boolean prepareNow() {
    lock.lock();
    try {
      boolean may = !stopped && leads();
      prepared += may ? 1 : 0;
      return may;
    } finally {
      lock.unlock();
    }
  }

  private boolean leads() {
    return prepared < Math.max(SMALLEST_LEAD, flow.open() / 2);
  }

  /** Gives back what {@link #prepare} took: nothing is to be sent. */
  void unprepare() {
    lock.lock();
    try {
      prepared--;
      lead.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a prepared try may be sent; it is prepared no more.
   *
   * @param tokens the most that it can cost
   * @return empty if nothing is to be sent any more
   */
  Optional<Flow.Slot> enter(long tokens) throws InterruptedException {
    lock.lockInterruptibly();
    Condition turn = lock.newCondition();
    line.add(turn);
    try {
      while (!stopped) {
        long wait =
            line.peek() == turn
                ? flow.nanosUntilSent(clock.getAsLong(), tokens)
                : Flow.UNTIL_A_SLOT_ENDS;
        if (wait == 0) {
          return Optional.of(flow.sent(clock.getAsLong(), tokens));
        } else if (wait == Flow.UNTIL_A_SLOT_ENDS) {
          turn.await();
        } else {
          turn.awaitNanos(wait);
        }
      }
      return Optional.empty();
    } finally {
      line.remove(turn);
      prepared--;
      lead.signal();
      signalFirst();
      lock.unlock();
    }
  }

  private void signalFirst() {
    if (!line.isEmpty()) {
      line.peek().signal();
    }
  }

  /** Tries that stand in line. */
  int waiting() {
    lock.lock();
    try {
      return line.size();
    } finally {
      lock.unlock();
    }
  }

  /** Tells the flow of a reply. */
  void replied(Flow.Slot slot, long tokens) {
    lock.lock();
    try {
      flow.replied(slot, clock.getAsLong(), tokens);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells the flow of a failure.
   *
   * @return how long the teacher has been down, if it has been for too long
   */
  Optional<Duration> failed(Flow.Slot slot, TeacherException failure) {
    lock.lock();
    try {
      return flow.failed(slot, clock.getAsLong(), failure);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a slot: the reply or the failure is durable. */
  void leave(Flow.Slot slot) {
    lock.lock();
    try {
      flow.ended(slot);
      signalFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing out any more. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      lead.signalAll();
      line.forEach(Condition::signal);
    } finally {
      lock.unlock();
    }
  }
}
