package org.seedwright.pipelines.simulate;

import org.seedwright.pipelines.simulate.http.Connection;

/**
 * One try of a request in the server, from when it was let in to when its reply has left or its
 * connection has ended.
 */
final class Exchange {
  private final long number;
  private final Said said;
  private final Connection connection;
  private final ExchangeLog log;
  private final Runnable left;
  private boolean begun;
  private boolean over;

  /**
   * @param left is run once, when it is over
   */
  Exchange(long number, Said said, Connection connection, ExchangeLog log, Runnable left) {
    this.number = number;
    this.said = said;
    this.connection = connection;
    this.log = log;
    this.left = left;
    connection.whenGone(this::gone);
  }

  long number() {
    return number;
  }

  Said said() {
    return said;
  }

  Connection connection() {
    return connection;
  }

  /** Whether the client went; nothing more is to be done for it. */
  boolean isOver() {
    return over;
  }

  /** What becomes of it stands in the log. */
  void begin() {
    begun = true;
  }

  /** The reply is written. */
  void done() {
    end();
    connection.done();
  }

  private void gone() {
    if (!begun) {
      log.aborted(number, said);
    }
    end();
  }

  private void end() {
    if (!over) {
      over = true;
      left.run();
    }
  }
}
