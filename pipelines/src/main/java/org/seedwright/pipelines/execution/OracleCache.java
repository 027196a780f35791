package org.seedwright.pipelines.execution;

import java.util.Optional;
import org.seedwright.evaluate.oracle.OracleReport;

/** Oracle reports of environments that were looked at before. Any thread may call. */
public interface OracleCache {
  /**
   * The report, if the references were run. What a broken reference's run took is not kept: those
   * measurements are 0, the load unknown.
   */
  Optional<OracleReport> find(OracleKey key);

  /** Keeps a report and returns when it is durable. The first stands. */
  void store(OracleKey key, OracleReport report);
}
