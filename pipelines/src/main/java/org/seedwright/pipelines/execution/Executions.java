package org.seedwright.pipelines.execution;

import java.util.Optional;
import org.seedwright.evaluate.execution.Outcome;

/**
 * Outcomes of executions, by {@link org.seedwright.evaluate.execution.Execution#key} and the digest
 * of the environment that it ran in. Any thread may call.
 *
 * <p>An outcome that is found equals the stored one in verdict, groups and reason. Its measurement
 * is that of the first execution: whoever tells what a program took says that it was reused.
 */
public interface Executions extends AutoCloseable {
  /**
   * The outcome of this execution in this environment, if it ran there.
   *
   * @param executionKey 64 hex digits
   * @param environment 64 hex digits, {@link org.seedwright.evaluate.sandbox.Environment#digest}
   */
  Optional<Outcome> find(String executionKey, String environment);

  /**
   * Stores an outcome and returns when it is durable. The first outcome of an execution stands;
   * another is dropped, so that whoever ran it twice at once uses the outcome that is returned.
   *
   * @return the outcome that stands
   * @throws IllegalArgumentException if the verdict is the machine's, which is no outcome of a
   *     program
   */
  Outcome store(String executionKey, String environment, Outcome outcome);

  /** Ends when what was handed in is durable. */
  @Override
  void close();
}
