package org.seedwright.evolve.instruct;

import java.io.Serializable;

/** The two sections of an OSS-Instruct reply, without white space around them; neither is blank. */
public record ProblemAndSolution(String problem, String solution) implements Serializable {
  public ProblemAndSolution {
    if (problem.isBlank() || solution.isBlank()) {
      throw new IllegalArgumentException("problem and solution must not be blank");
    }
  }
}
