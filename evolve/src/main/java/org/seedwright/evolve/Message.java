package org.seedwright.evolve;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/** One message of a prompt; the content is sent to the teacher as it stands. */
public record Message(Role role, String content) implements Serializable {
  public Message {
    requireNonNull(role, "role is null");
    requireNonNull(content, "content is null");
  }
}
