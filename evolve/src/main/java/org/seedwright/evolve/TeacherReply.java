package org.seedwright.evolve;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A reply as a parser sees it.
 *
 * @param ending how the model ended
 * @param text what it said; thinking text that the server marked as such is not part of it
 */
public record TeacherReply(Ending ending, String text) implements Serializable {
  public TeacherReply {
    requireNonNull(ending, "ending is null");
    requireNonNull(text, "text is null");
  }
}
