package org.seedwright.pipelines.experiment;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** An experiment file that cannot be used, with every mistake found in it, ordered by line. */
public final class ExperimentException extends Exception {

  private final transient List<Problem> problems;

  /**
   * Makes the exception for at least one problem.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ExperimentException(List<Problem> problems) {
    super(text(problems));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an experiment without problems was refused");
    }
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems, ordered by line, at least one. */
  public List<Problem> problems() {
    return problems;
  }

  /** Renders the problems as plain text, one line each, without a newline at the end. */
  public static String text(List<Problem> problems) {
    return problems.stream().map(Problem::text).collect(joining("\n"));
  }
}
