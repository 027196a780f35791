package org.seedwright.evolve;

/** Who speaks in a chat message. */
public enum Role {
  SYSTEM,
  USER,
  ASSISTANT
}
