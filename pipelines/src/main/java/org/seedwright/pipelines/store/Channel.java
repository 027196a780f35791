package org.seedwright.pipelines.store;

import java.util.Locale;

/** How a request leaves. */
public enum Channel {
  /** A call of this process, which waits for the reply. */
  CALL,
  /** A line of an exported file; its reply is imported some day by some process. */
  FILE;

  /** Stable name for the journal. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
