package org.seedwright.pipelines.teacher;

import java.util.Optional;

/**
 * Parts what a model thought aloud from what it answered. Servers without a field for it leave
 * {@code <think>…</think>} at the start of the answer; chat templates that open the block
 * themselves leave only the closing tag.
 */
record Thinking(Optional<String> thinking, String answer) {
  private static final String OPEN = "<think>";
  private static final String CLOSE = "</think>";

  /**
   * @param reported thinking that the server reported in a field of its own; the answer is then as
   *     it came
   */
  static Thinking in(String content, Optional<String> reported) {
    if (reported.isPresent()) {
      return new Thinking(reported, content);
    }
    int open = content.indexOf(OPEN);
    int close = content.indexOf(CLOSE);
    if (close < 0) {
      // An opened and never closed block is left for the parsers, which reject it by name.
      return new Thinking(Optional.empty(), content);
    }
    if (open >= 0 && content.substring(0, open).isBlank()) {
      return split(content, open + OPEN.length(), close);
    }
    // After a code fence the tag is part of an answer about such tags.
    if ((open < 0 || close < open) && !content.substring(0, close).contains("```")) {
      return split(content, 0, close);
    }
    return new Thinking(Optional.empty(), content);
  }

  private static Thinking split(String content, int from, int close) {
    return new Thinking(
        Optional.of(content.substring(from, close).strip()),
        content.substring(close + CLOSE.length()).stripLeading());
  }
}
