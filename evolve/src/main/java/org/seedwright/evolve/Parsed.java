package org.seedwright.evolve;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/** Either a value or the reason why there is none; nothing is dropped without one. */
public sealed interface Parsed<T> extends Serializable {

  /** What was found. */
  record Accepted<T>(T value) implements Parsed<T> {
    public Accepted {
      requireNonNull(value, "value is null");
    }
  }

  /**
   * Why nothing was accepted.
   *
   * @param evidence one short sentence for a reader, never blank
   */
  record Rejected<T>(Reason reason, String evidence) implements Parsed<T> {
    public Rejected {
      requireNonNull(reason, "reason is null");
      if (evidence.isBlank()) {
        throw new IllegalArgumentException("rejection %s has no evidence".formatted(reason.id()));
      }
    }

    /** Returns this rejection where a value of another type was hoped for. */
    public <U> Rejected<U> ofType() {
      return new Rejected<>(reason, evidence);
    }
  }

  /** Returns {@code value} as accepted. */
  static <T> Parsed<T> accepted(T value) {
    return new Accepted<>(value);
  }

  /** Returns a rejection for {@code reason}. */
  static <T> Parsed<T> rejected(Reason reason, String evidence) {
    return new Rejected<>(reason, evidence);
  }
}
