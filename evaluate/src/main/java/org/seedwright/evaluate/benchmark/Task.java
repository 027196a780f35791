package org.seedwright.evaluate.benchmark;

import java.util.Optional;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.execution.Program;
import org.seedwright.evaluate.execution.Tests;

/**
 * A problem with what it takes to run answers to it.
 *
 * @param problem the problem
 * @param completionPrefix what stands before a completion in the program: the prompt where
 *     completions continue it, nothing where they are whole programs
 * @param reference the benchmark's own solution as a whole program, where it has one
 * @param tests what a program must pass
 * @param limits what a program may use
 */
public record Task(
    Problem problem,
    String completionPrefix,
    Optional<String> reference,
    Tests tests,
    Limits limits) {
  /** The task's id. */
  public String id() {
    return problem.taskId();
  }

  /** The whole program that a completion makes. */
  public String programOf(String completion) {
    return completionPrefix + completion;
  }

  /**
   * A program with this task's tests.
   *
   * @param everyTest whether tests go on after the first that fails
   */
  public Execution execution(String program, boolean everyTest) {
    return new Execution(Program.python(program), tests, limits, everyTest);
  }

  /** The reference with this task's tests, all of them; absent where there is no reference. */
  public Optional<Execution> referenceExecution() {
    return reference.map(program -> execution(program, true));
  }
}
