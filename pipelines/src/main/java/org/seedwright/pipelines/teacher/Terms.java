package org.seedwright.pipelines.teacher;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * On what terms a teacher is asked; no row depends on them.
 *
 * @param backoff how often and how patiently a request is tried again
 * @param price of the teacher's tokens
 */
public record Terms(Backoff backoff, Price price) implements Serializable {
  /** One try, free of charge. */
  public static final Terms ONCE = new Terms(Backoff.ONCE, Price.NONE);

  public Terms {
    requireNonNull(backoff, "backoff is null");
    requireNonNull(price, "price is null");
  }
}
