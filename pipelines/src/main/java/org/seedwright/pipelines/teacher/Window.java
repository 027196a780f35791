package org.seedwright.pipelines.teacher;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seedwright.evolve.Message;

/**
 * The questions of one caller between being taken up and being handed out in order. Enough of them
 * are open to keep the pipe full, and answers may wait behind a slow one as far as memory allows.
 * Used by its caller's thread; only the settling comes from others.
 */
final class Window {
  /** Open questions, as a multiple of the concurrency: what waits for a slot, or to be retried. */
  private static final int OPEN = 2;

  /** Questions held whatever they weigh, as a multiple of the concurrency. */
  private static final int HELD = 4;

  /** Characters of prompts and replies held beyond that: some 50 MB of heap at most. */
  private static final long HEAVIEST = 1 << 24;

  /** A question and what will have become of it. */
  record Place(Question question, CompletableFuture<Asked> asked) {}

  private final int open;
  private final int held;
  private final ArrayDeque<Place> places = new ArrayDeque<>();
  private final AtomicBoolean abandoned = new AtomicBoolean();
  private int unsettled;
  private long weight;

  Window(int concurrency) {
    this.open = OPEN * concurrency;
    this.held = HELD * concurrency;
  }

  /** Set once the caller is gone: nothing more is to be sent for it. */
  AtomicBoolean abandoned() {
    return abandoned;
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  void add(Question question, CompletableFuture<Asked> asked) {
    places.add(new Place(question, asked));
    synchronized (this) {
      unsettled++;
      weight += weight(question);
    }
    var unused = asked.whenComplete((what, failure) -> settled(what));
  }

  private synchronized void settled(Asked what) {
    unsettled--;
    weight += weight(what);
    notifyAll();
  }

  /** Whether another question may be taken up. */
  synchronized boolean hasRoom() {
    return unsettled < open && (places.size() < held || weight < HEAVIEST);
  }

  /** Takes the first question if it is settled. */
  Optional<Place> next() {
    Place first = places.peek();
    if (first == null || !first.asked().isDone()) {
      return Optional.empty();
    }
    places.remove();
    synchronized (this) {
      weight -= weight(first.question());
      weight -= first.asked().isCompletedExceptionally() ? 0 : weight(first.asked().join());
    }
    return Optional.of(first);
  }

  /**
   * Waits until the first question is settled, or another may be taken up.
   *
   * @param more whether there is another
   */
  synchronized void await(boolean more) throws InterruptedException {
    while (!places.isEmpty() && !places.peek().asked().isDone() && !(more && hasRoom())) {
      wait();
    }
  }

  private static long weight(Question question) {
    long weight = 0;
    for (Message message : question.request().messages()) {
      weight += message.content().length();
    }
    return weight;
  }

  private static long weight(Asked asked) {
    return asked == null || asked.reply().isEmpty()
        ? 0
        : asked.reply().get().text().length()
            + asked.reply().get().thinking().map(String::length).orElse(0);
  }
}
