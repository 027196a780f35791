package org.seedwright.evaluate.execution;

/**
 * A whole program as it is run: a benchmark that completes prompts puts the prompt before the
 * completion first.
 *
 * @param language what it is written in
 * @param source its text; may be empty, and may be no program at all
 */
public record Program(Language language, String source) {
  /** A Python program. */
  public static Program python(String source) {
    return new Program(Language.PYTHON, source);
  }
}
