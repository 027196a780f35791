package org.seedwright.evaluate.sandbox;

import java.util.Optional;
import org.seedwright.evaluate.execution.Outcome;

/**
 * A slot did something odd and was thrown away. Where its judge had come to a verdict before, that
 * is told.
 */
final class SlotLostException extends Exception {
  private final transient Optional<Outcome> outcome;

  SlotLostException(String message) {
    super(message);
    this.outcome = Optional.empty();
  }

  SlotLostException(String message, Throwable cause) {
    super(message, cause);
    this.outcome = Optional.empty();
  }

  SlotLostException(String message, Outcome outcome) {
    super(message);
    this.outcome = Optional.of(outcome);
  }

  Optional<Outcome> outcome() {
    return outcome;
  }
}
