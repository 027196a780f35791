package org.seedwright.pipelines.store;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * One try at a request that brought no reply. Never stored as a reply.
 *
 * @param attempt which try it was, from 1
 * @param kind kebab-case id of the failure's kind
 * @param status HTTP status, where the server sent one
 * @param message what went wrong; holds no key and no more than the beginning of the server's words
 */
public record TransportFailure(
    String key, int attempt, String kind, OptionalInt status, String message) {

  public TransportFailure {
    Keys.check(key);
    requireNonNull(kind, "kind is null");
    requireNonNull(status, "status is null");
    requireNonNull(message, "message is null");
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt must be 1 or more, but was " + attempt);
    }
  }
}
