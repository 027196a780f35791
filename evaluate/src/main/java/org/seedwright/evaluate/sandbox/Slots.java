package org.seedwright.evaluate.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Verdict;

/**
 * A fixed number of slots of one sandbox, shared by any number of threads.
 *
 * <p>A slot that did something odd is thrown away and the execution runs once more in a fresh one;
 * if that is lost too, the verdict is {@link Verdict#SANDBOX_UNAVAILABLE}. An execution that ended
 * at its wall cap runs once more with no other slot of this object at work, and that verdict
 * counts.
 */
public final class Slots implements AutoCloseable {
  private static final String CLOSED = "the slots are closed";

  private final Sandbox sandbox;
  private final Preparations preparations = new Preparations();
  private final Semaphore free;

  /** Guards itself and the two that follow. */
  private final Deque<Slot> idle = new ArrayDeque<>();

  private final Set<Slot> busy = new HashSet<>();
  private final ReentrantReadWriteLock machine = new ReentrantReadWriteLock(true);
  private final Environment environment;
  private boolean closed;

  private Slots(Sandbox sandbox, int count) {
    this.sandbox = sandbox;
    this.free = new Semaphore(count, true);
    Slot first = Slot.open(sandbox, preparations);
    this.environment = first.environment();
    idle.push(first);
  }

  /**
   * Starts the first slot; the others start when they are needed.
   *
   * @param count how many executions run at a time, 1 to 1024; the number of cores is a good one
   * @throws SandboxUnavailableException if the first slot does not start
   */
  public static Slots of(Sandbox sandbox, int count) {
    if (count < 1 || count > 1024) {
      throw new IllegalArgumentException(
          "the number of slots must be 1 to 1024, but was %d".formatted(count));
    }
    return new Slots(sandbox, count);
  }

  /** What programs run with, in each slot. */
  public Environment environment() {
    return environment;
  }

  /**
   * Runs a program against its tests; blocks until it is through.
   *
   * @throws SandboxUnavailableException if no slot can be started any more
   * @throws InterruptedException if the thread was interrupted before it ran
   */
  public Outcome run(Execution execution) throws InterruptedException {
    free.acquire();
    try {
      Slot.Answer answer = sharing(execution);
      return answer.waited() ? alone(execution) : answer.outcome();
    } finally {
      free.release();
    }
  }

  private Slot.Answer sharing(Execution execution) {
    machine.readLock().lock();
    try {
      return twiceAtMost(execution);
    } finally {
      machine.readLock().unlock();
    }
  }

  private Outcome alone(Execution execution) {
    machine.writeLock().lock();
    try {
      return twiceAtMost(execution).outcome();
    } finally {
      machine.writeLock().unlock();
    }
  }

  private Slot.Answer twiceAtMost(Execution execution) {
    try {
      return once(execution);
    } catch (SlotLostException first) {
      try {
        return once(execution);
      } catch (SlotLostException second) {
        return new Slot.Answer(verdictOf(first, second), false);
      }
    }
  }

  /**
   * A program that twice left a slot in disorder has the verdict that its tests came to, unless it
   * passed: then something is wrong here.
   */
  private static Outcome verdictOf(SlotLostException first, SlotLostException second) {
    if (first.outcome().isPresent()
        && second.outcome().isPresent()
        && second.outcome().get().verdict() != Verdict.PASSED) {
      return second.outcome().get();
    }
    return Outcome.ofTheMachine(
        Verdict.SANDBOX_UNAVAILABLE,
        "two slots were lost: %s; %s".formatted(first.getMessage(), second.getMessage()));
  }

  private Slot.Answer once(Execution execution) throws SlotLostException {
    Slot slot = take();
    Slot.Answer answer;
    try {
      answer = slot.run(execution);
    } catch (SlotLostException | RuntimeException e) {
      synchronized (idle) {
        busy.remove(slot);
      }
      slot.close();
      throw e;
    }
    giveBack(slot);
    return answer;
  }

  private Slot take() {
    synchronized (idle) {
      requireOpen();
      if (!idle.isEmpty()) {
        Slot slot = idle.pop();
        busy.add(slot);
        return slot;
      }
    }
    Slot slot = Slot.open(sandbox, preparations);
    synchronized (idle) {
      if (!closed) {
        busy.add(slot);
        return slot;
      }
    }
    slot.close();
    throw new IllegalStateException(CLOSED);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(CLOSED);
    }
  }

  private void giveBack(Slot slot) {
    synchronized (idle) {
      busy.remove(slot);
      if (!closed) {
        idle.push(slot);
        return;
      }
    }
    // Whatever it answered, it was being ended meanwhile.
    slot.close();
    throw new IllegalStateException(CLOSED);
  }

  /**
   * Ends all slots, also those at work: their executions come to no verdict, and {@link #run} ends
   * with an {@link IllegalStateException}.
   */
  @Override
  public void close() {
    List<Slot> all = new ArrayList<>();
    synchronized (idle) {
      closed = true;
      all.addAll(idle);
      all.addAll(busy);
      idle.clear();
    }
    all.forEach(Slot::close);
  }
}
