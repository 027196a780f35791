package org.seedwright.pipelines.evaluation;

import org.seedwright.evaluate.execution.Outcome;

/**
 * What running an answer took; differs from run to run and is part of no content hash.
 *
 * @param id of the answer
 * @param cpuMillis CPU time of candidate and judge
 * @param wallMillis from request to verdict
 * @param load the machine's load average when it ended; negative where unknown
 * @param reused whether it was known and did not run: the figures are those of when it did
 */
public record ExecutionMeasurement(
    String id, long cpuMillis, long wallMillis, double load, boolean reused) {
  /** The table that they are in. */
  static final String TABLE = "measurements";

  static ExecutionMeasurement of(String id, Outcome.Measurement measured, boolean reused) {
    return new ExecutionMeasurement(
        id, measured.cpuMillis(), measured.wallMillis(), measured.load(), reused);
  }

  Outcome.Measurement measured() {
    return new Outcome.Measurement(cpuMillis, wallMillis, load);
  }
}
