package org.seedwright.pipelines.teacher;

import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;

/**
 * A service that answers files of requests: nothing is sent by a run, and what the store does not
 * hold is left to be exported.
 */
public final class BatchTeacher implements Teacher {
  private final Terms terms;

  /**
   * @param terms of which the price counts
   */
  public BatchTeacher(Terms terms) {
    this.terms = terms;
  }

  @Override
  public boolean sends() {
    return false;
  }

  @Override
  public Terms terms() {
    return terms;
  }

  @Override
  public Reply ask(TeacherRequest request, int maxOutputTokens) throws UnknownRequestException {
    throw new UnknownRequestException(
        "request %s waits for a batch: no reply was imported".formatted(request.key()));
  }
}
