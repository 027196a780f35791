package org.seedwright.evolve;

import java.io.Serializable;
import java.util.List;

/**
 * What is asked of a teacher.
 *
 * @param id names the prompt file and its version, such as {@code oss-instruct@1}; a prompt put
 *     together from two files joins their names with a slash
 * @param messages at least one, in the order in which they are sent
 */
public record Prompt(String id, List<Message> messages) implements Serializable {
  public Prompt {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a prompt needs an id");
    }
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("prompt %s has no message".formatted(id));
    }
  }
}
