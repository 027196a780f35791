package org.seedwright.evolve.instruct;

/** What made the replies behind a row. */
public enum Mark {
  /** A model. */
  TEACHER,
  /** A program that stands in for a model in dry runs. */
  SIMULATED,
  /** Recordings written for a demonstration. */
  DEMONSTRATION;

  /**
   * Returns the mark of a row made from rows with both marks: a row is the teacher's only where
   * every reply behind it is, and a simulated reply, which nobody wrote with care, outweighs a
   * demonstration's.
   */
  public Mark and(Mark other) {
    return switch (this) {
      case TEACHER -> other;
      case SIMULATED -> SIMULATED;
      case DEMONSTRATION -> other == SIMULATED ? SIMULATED : DEMONSTRATION;
    };
  }
}
