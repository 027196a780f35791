package org.seedwright.pipelines.simulate;

import java.util.Locale;

/** How a provider is down. */
public enum Down {
  /** Nothing listens: open connections are reset, new ones refused. */
  REFUSED,
  /** Each request's connection is reset. */
  RESET,
  /** Each request is answered with 503. */
  UNAVAILABLE;

  /** Stable name for scripts. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
