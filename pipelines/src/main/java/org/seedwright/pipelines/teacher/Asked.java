package org.seedwright.pipelines.teacher;

import java.util.Optional;
import org.seedwright.pipelines.store.Reply;

/**
 * What became of the open question under a key: a reply or a failure.
 *
 * @param cap under which it was asked
 * @param bought whether it was sent
 */
record Asked(int cap, Optional<Reply> reply, boolean bought, Optional<Failure> failure) {
  /** Why there is no reply, for the questions that wait for it and for those that come later. */
  record Failure(FailureKind kind, String message) {}

  static Asked stored(int cap, Reply reply) {
    return new Asked(cap, Optional.of(reply), false, Optional.empty());
  }

  static Asked bought(int cap, Reply reply) {
    return new Asked(cap, Optional.of(reply), true, Optional.empty());
  }

  static Asked failed(int cap, FailureKind kind, String message) {
    return new Asked(cap, Optional.empty(), false, Optional.of(new Failure(kind, message)));
  }

  /** Whether another question under the same key needs no call of its own. */
  boolean settles(int otherCap) {
    // What was not sent because its own caller gave up says nothing about another's.
    return reply
        .map(r -> r.serves(otherCap))
        .orElseGet(() -> cap == otherCap && failure.orElseThrow().kind() != FailureKind.NOT_SENT);
  }

  /** What an equal question gets that waited for this one. */
  Asked again() {
    return bought ? stored(cap, reply.orElseThrow()) : this;
  }
}
