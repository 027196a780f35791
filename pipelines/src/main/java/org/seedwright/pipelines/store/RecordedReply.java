package org.seedwright.pipelines.store;

import static java.util.Objects.requireNonNull;

/**
 * One line of a recording.
 *
 * @param label what a human calls the request: stage and row id; unique for each request of a
 *     recording
 * @param request whose key is the reply's
 */
public record RecordedReply(String label, TeacherRequest request, Reply reply) {
  public RecordedReply {
    requireNonNull(label, "label is null");
    if (!request.key().equals(reply.key())) {
      throw new IllegalArgumentException(
          "the reply of '%s' is to request %s, but the request has the key %s"
              .formatted(label, reply.key(), request.key()));
    }
  }
}
