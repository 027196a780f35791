package org.seedwright.evaluate.sandbox;

/** A slot did something odd and was thrown away; says nothing of the program that ran in it. */
final class SlotLostException extends Exception {
  SlotLostException(String message) {
    super(message);
  }

  SlotLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
