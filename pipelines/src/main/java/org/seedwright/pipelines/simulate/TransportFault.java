package org.seedwright.pipelines.simulate;

import java.util.Locale;

/**
 * What can befall an exchange between a provider and a client. Decided anew for each try of a
 * request, so that the next one may succeed; what the model says does not depend on it.
 */
public enum TransportFault {
  /** 429 without a word on when to ask again. */
  RATE_LIMIT,
  /** 429 with {@code Retry-After: 1}. */
  RATE_LIMIT_SECONDS,
  /** 429 with a {@code Retry-After} that is an HTTP date, one to two seconds ahead. */
  RATE_LIMIT_DATE,
  /** 500. */
  SERVER_ERROR,
  /** 502 with a page of HTML, as a proxy sends it. */
  BAD_GATEWAY,
  /** 503. */
  UNAVAILABLE,
  /** 529, Anthropic's "overloaded". */
  OVERLOADED,
  /** The connection is reset before a byte of the reply. */
  RESET,
  /** The connection is reset after half of the body of a 200. */
  RESET_MID_BODY,
  /** The connection ends in order after half of the body of a 200. */
  CUT_OFF,
  /** The request is taken and never answered. */
  STALL,
  /** The headers of a 200, and then silence. */
  STALL_MID_BODY,
  /** The whole reply, a byte at a time. */
  DRIP,
  /** A page of HTML with status 200. */
  HTML,
  /** The first half of the JSON, as if it were all. */
  INVALID_JSON,
  /** A reply without a choice. */
  EMPTY_CHOICES,
  /** A reply whose text ends in half a UTF-8 character. */
  HALF_CHARACTER,
  /** A body of {@value Delivery#GIGANTIC_MIB} MiB in chunks. */
  GIGANTIC,
  /** 401: the key is wrong, all at once. */
  BAD_KEY,
  /** 404: the model is unknown, all at once. */
  UNKNOWN_MODEL;

  /** Stable name for options, scripts and logs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the same request may succeed when it is asked again. */
  public boolean passes() {
    return this != BAD_KEY && this != UNKNOWN_MODEL;
  }

  /** Whether a 200 is begun, for which a provider takes its money. */
  boolean isBilled() {
    return switch (this) {
      case RATE_LIMIT,
          RATE_LIMIT_SECONDS,
          RATE_LIMIT_DATE,
          SERVER_ERROR,
          BAD_GATEWAY,
          UNAVAILABLE,
          OVERLOADED,
          RESET,
          STALL,
          BAD_KEY,
          UNKNOWN_MODEL ->
          false;
      case RESET_MID_BODY,
          CUT_OFF,
          STALL_MID_BODY,
          DRIP,
          HTML,
          INVALID_JSON,
          EMPTY_CHOICES,
          HALF_CHARACTER,
          GIGANTIC ->
          true;
    };
  }
}
