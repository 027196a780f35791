package org.seedwright.pipelines.store;

/**
 * Numbers of the journal's lines, in order and without gaps. Only the writer's thread uses them,
 * and no other process writes.
 */
final class SqliteJournalNumbers {
  private long committed;
  private long last;

  /**
   * @param committed the last number in the file, 0 where it has none
   */
  SqliteJournalNumbers(long committed) {
    this.committed = committed;
  }

  /** A transaction begins; what one that failed had taken is free again. */
  void begin() {
    last = committed;
  }

  long next() {
    return ++last;
  }

  /** The transaction is durable. Returns the last number in the file. */
  long committed() {
    committed = last;
    return committed;
  }
}
