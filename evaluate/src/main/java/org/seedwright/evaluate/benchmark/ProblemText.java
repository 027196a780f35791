package org.seedwright.evaluate.benchmark;

/** A text of a problem that training data must not hold. */
public record ProblemText(Part part, String text) {
  /** Which text of the problem it is. The id is what tables store. */
  public enum Part {
    /** All that the model is given. */
    PROMPT("prompt"),

    /** What a person would read of the prompt: its docstring, comment or problem statement. */
    DESCRIPTION("description"),

    /** The benchmark's own solution. */
    SOLUTION("solution");

    private final String id;

    Part(String id) {
      this.id = id;
    }

    /** The name of this part in tables. */
    public String id() {
      return id;
    }
  }
}
