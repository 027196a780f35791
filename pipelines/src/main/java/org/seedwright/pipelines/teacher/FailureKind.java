package org.seedwright.pipelines.teacher;

import java.util.Locale;

/** Why there is no reply, and what that means for the requests that follow. */
public enum FailureKind {
  /** The server asked for fewer requests (429). */
  RATE_LIMIT(Remedy.TRY_AGAIN),
  /** The whole reply was not there in time. */
  TIMEOUT(Remedy.TRY_AGAIN),
  /** The server's own failure (5xx). */
  SERVER_ERROR(Remedy.TRY_AGAIN),
  /** Refused, reset or cut off. */
  CONNECTION(Remedy.TRY_AGAIN),
  /** Something came that is no reply: HTML, half a JSON, no choice, no ending. */
  MALFORMED_REPLY(Remedy.TRY_AGAIN),
  /** The server will not answer this request (4xx): too long, say. */
  BAD_REQUEST(Remedy.NEXT_REQUEST),
  /** The teacher answers from recordings, and this request is in none. */
  UNKNOWN_REQUEST(Remedy.NEXT_REQUEST),
  /** No key, a wrong one, or one without the right to this model (401, 403). */
  BAD_KEY(Remedy.STOP),
  /** No such model or no such address (404). */
  UNKNOWN_MODEL(Remedy.STOP),
  /** The account is empty (402, or 429 with a quota code). */
  OUT_OF_CREDIT(Remedy.STOP),
  /** No try was answered for longer than the run waits. */
  PROVIDER_DOWN(Remedy.STOP),
  /** Never sent: its worst case does not fit into what is left of the budget. */
  OVER_BUDGET(Remedy.STOP),
  /** Never sent, because the run is stopping. */
  NOT_SENT(Remedy.STOP);

  private enum Remedy {
    TRY_AGAIN,
    NEXT_REQUEST,
    STOP
  }

  private final Remedy remedy;

  FailureKind(Remedy remedy) {
    this.remedy = remedy;
  }

  /** Stable name for logs and tables. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the same request may be answered when it is sent again. */
  public boolean retriable() {
    return remedy == Remedy.TRY_AGAIN;
  }

  /** Whether every other request to this teacher would fail alike. */
  public boolean stopsAll() {
    return remedy == Remedy.STOP;
  }
}
