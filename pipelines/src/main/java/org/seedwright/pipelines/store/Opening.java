package org.seedwright.pipelines.store;

/** What became of the wish to send a request. */
public sealed interface Opening {
  /**
   * The try is journaled and its worst case reserved: it may be sent now.
   *
   * @param call number of the try, for {@link ResponseStore#stored} or {@link ResponseStore#failed}
   */
  record Opened(long call) implements Opening {}

  /** Nothing is to be sent: a reply that serves is in the store. */
  record Answered(Reply reply) implements Opening {}

  /**
   * Nothing is to be sent now: the same reply is awaited already, by this process or another live
   * one on this store; or, of a request for a file, it was exported before.
   */
  record Elsewhere() implements Opening {}

  /**
   * Nothing is to be sent: the worst case does not fit into the budget of the run.
   *
   * @param account of the run at that moment; it shrinks again when open tries turn out cheaper
   */
  record OverBudget(Account account) implements Opening {}
}
