package org.seedwright.evaluate.sandbox;

/** A kind of isolation in which programs can be run. */
public interface Sandbox {
  /** Stable kebab-case name; it is part of a score's name. */
  String name();

  /**
   * Starts the processes of a new slot.
   *
   * @throws SandboxUnavailableException if that fails on this machine
   */
  Link open();
}
