package org.seedwright.evolve;

/** How a model ended its reply by itself; transport failures are no ending. */
public enum Ending {
  /** The model finished. */
  STOP,
  /** The model reached the cap on output tokens. */
  LENGTH,
  /** The model declined, and its server said so. */
  REFUSAL,
  /** The server's content filter withheld the reply or a part of it. */
  CONTENT_FILTER
}
