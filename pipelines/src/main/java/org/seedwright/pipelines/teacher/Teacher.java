package org.seedwright.pipelines.teacher;

import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;

/** Somebody who answers requests. Safe for use by many threads at once. */
public interface Teacher extends AutoCloseable {

  /**
   * Asks, and waits for the whole reply.
   *
   * @param maxOutputTokens the most the reply may hold, thinking included; 1 or more
   * @throws TeacherException when there is no reply to store
   * @throws InterruptedException when the caller gave up; whether the request was answered is then
   *     unknown
   */
  Reply ask(TeacherRequest request, int maxOutputTokens)
      throws TeacherException, InterruptedException;

  /** Whether asking sends something that may be paid for, and is journaled before. */
  default boolean sends() {
    return true;
  }

  /** How often it is asked again, and what it costs. */
  default Terms terms() {
    return Terms.ONCE;
  }

  /** Ends what is being asked at this moment, by threads that were interrupted before. */
  default void cutOff() {}

  @Override
  default void close() {}
}
