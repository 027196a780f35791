package org.seedwright.pipelines.teacher;

import static java.util.Objects.requireNonNull;

import org.seedwright.pipelines.store.TeacherRequest;

/**
 * A request as a stage puts it.
 *
 * @param label what a human calls it: stage and row id; not part of its identity
 * @param maxOutputTokens the most the reply may hold, thinking included; 1 or more
 */
public record Question(String label, TeacherRequest request, int maxOutputTokens) {
  public Question {
    requireNonNull(label, "label is null");
    requireNonNull(request, "request is null");
    if (maxOutputTokens < 1) {
      throw new IllegalArgumentException(
          "maxOutputTokens must be 1 or more, but was " + maxOutputTokens);
    }
  }
}
