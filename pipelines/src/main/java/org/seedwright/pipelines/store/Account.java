package org.seedwright.pipelines.store;

/**
 * What a run has spent and may still have to pay, over all its processes on one store.
 *
 * @param spent stored replies, and failed tries that the provider may have billed
 * @param reserved worst case of the tries that are open: awaited by a live process, exported to a
 *     file, or in doubt
 */
public record Account(Cost spent, Cost reserved) {
  /** A run that never asked. */
  public static final Account EMPTY = new Account(Cost.FREE, Cost.FREE);

  /** Returns the most that the run has to pay so far. */
  public Cost committed() {
    return spent.plus(reserved);
  }
}
