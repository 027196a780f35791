package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.time.Clock;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.SqliteResponseStore;

/** Opens response stores; the time that their journal notes is in no row. */
final class Stores {
  private Stores() {}

  /**
   * Opens a store, which is made if it is not there.
   *
   * @param run what the journal calls this process
   */
  static SqliteResponseStore open(Path file, String run) {
    return open(file, run, Budget.NONE);
  }

  /**
   * Opens a store, which is made if it is not there.
   *
   * @param run whose account is charged
   * @param budget what the run may spend in all
   */
  static SqliteResponseStore open(Path file, String run, Budget budget) {
    return SqliteResponseStore.open(file, run, budget, Clock.systemUTC());
  }
}
