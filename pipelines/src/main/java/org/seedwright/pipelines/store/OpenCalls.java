package org.seedwright.pipelines.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The tries that this process opened and has not closed, so that they need not be looked up. */
final class OpenCalls {
  private final Map<Long, JournalEntry> open = new ConcurrentHashMap<>();

  /** A try was journaled, durably. */
  void opened(long call, JournalEntry entry) {
    open.put(call, entry);
  }

  /**
   * Closes a try, if it is open; of two who close the same one, the second finds it closed.
   *
   * @param closing is told the try, or that it was not opened here; the try stays open where this
   *     throws
   */
  <T> T close(long call, Function<Optional<JournalEntry>, T> closing) {
    JournalEntry entry = open.remove(call);
    boolean closed = false;
    try {
      T result = closing.apply(Optional.ofNullable(entry));
      closed = true;
      return result;
    } finally {
      if (!closed && entry != null) {
        open.put(call, entry);
      }
    }
  }
}
