package org.seedwright.pipelines.teacher;

import org.seedwright.pipelines.store.Reply;

/** What became of a question. */
public sealed interface Answer {
  /** The label of the question. */
  String label();

  /** The key of its request. */
  String key();

  /**
   * The reply, durable in the store.
   *
   * @param bought whether this very question was sent; false where the store or an equal question
   *     brought the reply
   */
  record Answered(String label, Reply reply, boolean bought) implements Answer {
    @Override
    public String key() {
      return reply.key();
    }
  }

  /** No reply; the stage cannot be finished now, and others' replies are kept. */
  record Unanswered(String label, String key, FailureKind kind, String message) implements Answer {}
}
