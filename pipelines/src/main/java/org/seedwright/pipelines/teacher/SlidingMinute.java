package org.seedwright.pipelines.teacher;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * A limit on what is spent within any minute, wherever it begins. An amount counts from when it was
 * spent until a minute later, and may be lowered once it is known better.
 */
final class SlidingMinute {
  static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  /** Something that was spent. */
  static final class Entry {
    private final long time;
    private long amount;

    Entry(long time, long amount) {
      this.time = time;
      this.amount = amount;
    }
  }

  private final long limit;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long total;

  SlidingMinute(long limit) {
    this.limit = limit;
  }

  /**
   * How long to wait until the amount may be spent.
   *
   * @param amount at most the limit
   */
  long nanosUntil(long now, long amount) {
    forget(now);
    long over = total + amount - limit;
    Iterator<Entry> oldest = entries.iterator();
    long wait = 0;
    while (over > 0) {
      Entry entry = oldest.next();
      over -= entry.amount;
      wait = entry.time + MINUTE - now;
    }
    return wait;
  }

  Entry spend(long now, long amount) {
    forget(now);
    var entry = new Entry(now, amount);
    entries.add(entry);
    total += amount;
    return entry;
  }

  /** Lowers what was spent to what it was in truth; a higher amount counts too. */
  void correct(Entry entry, long now, long amount) {
    forget(now);
    if (now - entry.time < MINUTE) {
      total += amount - entry.amount;
      entry.amount = amount;
    }
  }

  private void forget(long now) {
    while (!entries.isEmpty() && now - entries.peek().time >= MINUTE) {
      total -= entries.remove().amount;
    }
  }
}
